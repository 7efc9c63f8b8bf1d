import { referencedSecrets, secretUses } from '../../access/pod/secret-use.ts';
import { objectEvidence, podEvidence } from '../../graph/evidence/objects.ts';
import type { Secret } from '../../inventory/kubernetes.ts';
import { deletion, fixBy } from '../finding-facts/fix-steps.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { secrets } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { counted, reachWords } from '../finding-facts/words.ts';
import type { FindingWorld, LiveWorkload } from '../finding-facts/world.ts';
import type { Severity } from '../summary.ts';
import { defineFinding, type FindingRow } from './finding.ts';

const TYPE = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';
/** Labels of the API server's tracking and of the cleaner. Source: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets */
const LAST_USED = 'kubernetes.io/legacy-token-last-used';
const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

function* uses(world: FindingWorld): Generator<[string, LiveWorkload, string]> {
  for (const workload of world.workloads) {
    const [pod] = workload.pods;
    for (const { secret, pointer } of [...secretUses(pod.spec), ...referencedSecrets(pod.spec)])
      yield [`${pod.namespace}/${secret}`, workload, pointer];
  }
}

function lastUse({ labels }: Secret): string {
  const invalid = labels.get(INVALID_SINCE);
  if (invalid !== undefined) return `the API server refuses it since ${invalid}`;
  const used = labels.get(LAST_USED);
  return used === undefined ? 'no use of it was recorded (clusters record it from 1.26 on)' : `it was last used on ${used}`;
}

interface Use {
  readonly workload: LiveWorkload;
  readonly pointer: string;
}

function rowOf(world: FindingWorld, secret: Secret, mounted: readonly Use[]): FindingRow {
  const { namespace, name } = secret;
  const account = secret.annotations.get(ACCOUNT) as string;
  const node = world.accountNode(namespace, account);
  const summary = node === undefined ? undefined : world.reachOf(node);
  const isTop = summary?.severity === 'critical' || summary?.severity === 'high';
  const severity: Severity = secret.labels.has(INVALID_SINCE) ? 'low' : isTop ? 'high' : 'medium';
  const [first] = mounted;
  const users = new Set(mounted.map(({ workload }) => workload.node)).size;
  const secretNode = world.graph.nodes.indexOf(`secret:${namespace}/${name}`);
  return {
    subject: { kind: 'Secret', namespace, name, ...(secretNode === undefined ? {} : { node: secretNode }) },
    severity,
    whyHere: `it never expires; ${lastUse(secret)}; ${users === 0 ? (world.knowsPods ? 'no pod mounts it' : 'which pods mount it was not read') : `${counted(users, 'workload uses', 'workloads use')} it`}; whoever reads it is ${namespace}/${account} and reaches ${summary === undefined ? 'what that account may' : reachWords(summary)}`,
    evidence: [
      objectEvidence('Secret', secret, '/type', `holds a token of service account ${account} without an end`),
      ...(first === undefined ? [] : [podEvidence(first.workload.pods[0], first.pointer, `uses secret ${name}`)]),
    ],
    fix: fixBy(
      users === 0 && world.knowsPods
        ? 'delete the secret once nothing outside of the cluster uses it'
        : 'let the workload take the token that is mounted by itself, then delete the secret',
      [deletion(coreTarget('Secret', secret))],
    ),
  };
}

export const legacyTokenSecret = defineFinding({
  id: 'legacy-token-secret',
  title: 'Tokens of service accounts lie in secrets and never expire',
  severity: 'medium',
  class: 'hygiene',
  why: 'Such a token is bound to no pod and has no end: a copy of it in a backup, a CI variable or a log is the account until the secret is deleted.',
  remediation: 'Use tokens of the TokenRequest API, which kubelet and `kubectl create token` ask for; delete the secret.',
  misses: 'copies of the token outside of the cluster',
  references: ['https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets'],
  prevention: validating({
    name: 'no-token-secrets',
    says: 'refuses new secrets of type kubernetes.io/service-account-token',
    resources: [['', 'secrets']],
    validations: [
      {
        expression: '!has(object.type) || object.type != "kubernetes.io/service-account-token"',
        message: 'ask for a token that ends: kubectl create token',
      },
    ],
  }),
  population: secrets,
  *find(world) {
    const tokens = world.inventory.kubernetes.secrets.filter(({ type, annotations }) => type === TYPE && annotations.get(ACCOUNT));
    if (tokens.length === 0) return;
    const mounted = new Map<string, Use[]>(tokens.map(({ namespace, name }) => [`${namespace}/${name}`, []]));
    for (const [key, workload, pointer] of uses(world)) mounted.get(key)?.push({ workload, pointer });
    for (const secret of tokens) yield rowOf(world, secret, mounted.get(`${secret.namespace}/${secret.name}`) ?? []);
  },
});
