import type { Grant } from '../../access/rbac/bindings.ts';
import { serviceAccountUser } from '../../access/rbac/subject.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import { TOKEN_VOLUME } from '../../inventory/token-volume.ts';
import { fixBy, strategicStep } from '../finding-facts/fix-steps.ts';
import { usersOf } from '../finding-facts/holders.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { pods } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { isStockGrant } from '../finding-facts/stock-rbac.ts';
import type { FindingWorld, LiveWorkload } from '../finding-facts/world.ts';
import { defineFinding, type FindingRow } from './finding.ts';

/** Whether the role of a grant gives nothing; of one that is missing where not all roles were read, nobody knows. */
function givesNothing(world: FindingWorld, grant: Grant): boolean {
  if (isStockGrant(grant)) return true;
  const { role, binding } = grant;
  return role === undefined ? world.knowsAll(binding.roleRef.kind) : role.rules.length === 0;
}

/** Whether nothing is given to the account or its namespace's accounts; what everybody is given is no reason to hold a token. */
function hasNoRights(world: FindingWorld, namespace: string, name: string): boolean {
  const keys = [`user:${serviceAccountUser(namespace, name)}`, `group:system:serviceaccounts:${namespace}`];
  return keys.every((key) => (world.rbac.bySubject.get(key) ?? []).every((grant) => givesNothing(world, grant)));
}

/** Whether the token is there because nobody turned it off; whoever writes a token volume himself wants it, for an API that knows it. */
const isAutomounted = (world: FindingWorld, { nodes, pods: [pod] }: LiveWorkload): boolean =>
  nodes.some((node) => world.holdsToken(node)) &&
  (pod.uid === undefined || pod.spec.volumes.some(({ name, tokens }) => tokens.length > 0 && name.startsWith(TOKEN_VOLUME)));

function rowOf(world: FindingWorld, workloads: readonly [LiveWorkload, ...LiveWorkload[]]): FindingRow {
  const [
    {
      namespace,
      pods: [first],
    },
  ] = workloads;
  const name = first.spec.serviceAccountName;
  const node = world.accountNode(namespace, name);
  const subject = { kind: 'ServiceAccount', namespace, name, ...(node === undefined ? {} : { node }) };
  const volume = first.spec.volumes.find((one) => one.tokens.length > 0 && one.name.startsWith(TOKEN_VOLUME));
  const pointer = volume === undefined ? '/spec/serviceAccountName' : `/spec/volumes/${volume.index}/projected`;
  return {
    subject,
    counts: workloads.reduce((sum, { pods: live }) => sum + live.length, 0),
    whyHere: `no binding gives it anything, so its token opens only what everybody may; ${usersOf(world, subject)}`,
    evidence: [podEvidence(first, pointer, 'mounts a token of an account without rights')],
    fix: fixBy('turn the token off in the service account; pods that run keep theirs until they are restarted', [
      strategicStep(coreTarget('ServiceAccount', { namespace, name }), { automountServiceAccountToken: false }),
    ]),
  };
}

export const automountUnused = defineFinding({
  id: 'automount-unused',
  title: 'Tokens are mounted that nothing can use',
  severity: 'low',
  class: 'hygiene',
  why: 'A token without rights still tells an attacker who he is, opens discovery and self-subject reviews, and has more rights on the day somebody binds the account.',
  remediation: 'Set `automountServiceAccountToken: false` in the account or the template.',
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
  ],
  prevention: validating({
    name: 'no-automount-in-accounts',
    says: 'asks every new service account to say whether its pods get a token',
    resources: [['', 'serviceaccounts']],
    validations: [
      {
        expression: 'object.metadata.name == "default" || has(object.automountServiceAccountToken)',
        message: 'say automountServiceAccountToken: false, or true where the workload calls the API server',
      },
    ],
  }),
  population: pods,
  *find(world) {
    // Where bindings could not be read, that none names an account says nothing.
    if (!world.knowsAll('RoleBinding') || !world.knowsAll('ClusterRoleBinding')) return;
    const byAccount = new Map<string, [LiveWorkload, ...LiveWorkload[]]>();
    for (const workload of world.workloads) {
      const {
        namespace,
        pods: [
          {
            spec: { serviceAccountName: name },
          },
        ],
      } = workload;
      // `default` has a finding of its own.
      if (name === 'default' || !isAutomounted(world, workload) || !hasNoRights(world, namespace, name)) continue;
      const list = byAccount.get(`${namespace}/${name}`);
      if (list === undefined) byAccount.set(`${namespace}/${name}`, [workload]);
      else list.push(workload);
    }
    for (const workloads of byAccount.values()) yield rowOf(world, workloads);
  },
});
