import { objectEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { deletion, type FixStep, firstOf, fixBy, jsonStep, MOST_STEPS } from '../finding-facts/fix-steps.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { namespaces } from '../finding-facts/populations.ts';
import { kyverno } from '../finding-facts/prevention.ts';
import { some } from '../finding-facts/words.ts';
import { defineFinding, type RowFix } from './finding.ts';

/** Copies in fewer namespaces are what one team may have made on purpose. */
const FEWEST = 3;

const PULL_TYPES = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg']);

/** Takes the name out of the accounts of a namespace; later places of a list go first. */
const unlisted = ({ namespace, name, imagePullSecrets }: ServiceAccount, secret: string): FixStep => {
  const places = [...imagePullSecrets.keys()].filter((place) => imagePullSecrets[place] === secret).reverse();
  return jsonStep(
    coreTarget('ServiceAccount', { namespace, name }),
    places.flatMap((place) => [
      { op: 'test' as const, path: `/imagePullSecrets/${place}/name`, value: secret },
      { op: 'remove' as const, path: `/imagePullSecrets/${place}` },
    ]),
  );
};

/** Deletes the copies, namespace by namespace, with what names them. */
function copiesFix(secret: string, places: readonly Evidence[], accounts: ReadonlyMap<string, readonly ServiceAccount[]>): RowFix {
  const steps = places.flatMap(({ kind, namespace = '' }) => [
    ...(accounts.get(namespace) ?? [])
      .filter(({ imagePullSecrets }) => imagePullSecrets.includes(secret))
      .map((account) => unlisted(account, secret)),
    ...(kind === 'Secret' ? [deletion(coreTarget('Secret', { namespace, name: secret }))] : []),
  ]);
  return fixBy(
    `set up a credential provider of the kubelet or give each namespace a credential of its own under another name, then delete the copies${firstOf(steps.length)}`,
    steps.slice(0, MOST_STEPS),
  );
}

export const pullSecretSpread = defineFinding({
  id: 'pull-secret-spread',
  title: 'Registry credentials are copied into many namespaces',
  severity: 'low',
  class: 'hygiene',
  why: 'Whoever reads secrets in one of the namespaces, or makes a pod there, has the credential of all of them; where it may push, he writes the images that everybody runs.',
  remediation:
    'Let the kubelet pull with the identity of its node or of the pod (credential providers), or give each namespace a credential that may only pull what it runs.',
  misses: 'whether secrets of the same name hold the same credential: values are never read',
  references: [
    'https://kubernetes.io/docs/tasks/administer-cluster/kubelet-credential-provider/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
  ],
  prevention: kyverno({
    name: 'no-copied-pull-secrets',
    says: 'refuses secrets that tools copied into a namespace (reflector, kubed, Kyverno clones)',
    rules: [
      {
        name: 'no-copies',
        match: { any: [{ resources: { kinds: ['Secret'], operations: ['CREATE', 'UPDATE'] } }] },
        validate: {
          failureAction: 'Enforce',
          message: 'let the kubelet pull with an identity of its own instead of copying registry credentials',
          deny: {
            conditions: {
              all: [
                {
                  key: '{{ request.object.type }}',
                  operator: 'AnyIn',
                  value: ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'],
                },
                {
                  key: '{{ request.object.metadata.annotations || `{}` | keys(@) }}',
                  operator: 'AnyIn',
                  value: ['reflector.v1.k8s.emberstack.com/reflects', 'kubed.appscode.com/origin'],
                },
              ],
            },
          },
        },
      },
    ],
  }),
  population: namespaces,
  *find({ inventory: { kubernetes } }) {
    const accounts = Map.groupBy(kubernetes.serviceAccounts, ({ namespace }) => namespace);
    const places = new Map<string, Map<string, Evidence>>();
    const add = (secret: string, namespace: string, evidence: Evidence): void => {
      const found = places.get(secret) ?? new Map<string, Evidence>();
      places.set(secret, found);
      if (!found.has(namespace)) found.set(namespace, evidence);
    };
    for (const secret of kubernetes.secrets)
      if (PULL_TYPES.has(secret.type ?? ''))
        add(secret.name, secret.namespace, objectEvidence('Secret', secret, '/type', 'holds a registry credential'));
    const spread = (account: ServiceAccount, name: string): Evidence =>
      objectEvidence('ServiceAccount', account, '/imagePullSecrets', `pulls with secret ${name}`);
    for (const account of kubernetes.serviceAccounts)
      for (const name of account.imagePullSecrets) add(name, account.namespace, spread(account, name));
    for (const [name, found] of places) {
      const [first, ...rest] = found.values();
      if (first === undefined || found.size < FEWEST) continue;
      yield {
        subject: { kind: 'Secret', name },
        counts: found.size,
        whyHere: `secrets of this name are in ${found.size} namespaces (${some([...found.keys()])}); if they are copies, who reads one has all`,
        evidence: [first, ...rest.slice(0, 9)],
        fix: copiesFix(name, [...found.values()], accounts),
      };
    }
  },
});
