import { objectEvidence } from '../evidence/objects.ts';
import { everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { podAdmissionRelabelled } from '../facts/pod-admission.ts';
import { type AuthorReach, mayHaveNodes, reachBy, reachedByPodAuthor } from '../facts/pod-author.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

const BY_RELABELLING =
  'the right to change the namespace itself, and with it its Pod Security label: a wildcard in a RoleBinding gives it, the ClusterRole admin does not';

/** What an administrator of a namespace (`*`: of all) has of the nodes; undefined: there are none. */
function nodesOf(facts: Facts, namespace: string): AuthorReach | undefined {
  if (!mayHaveNodes(facts)) return undefined;
  const all = everything(facts, 'all-nodes', '');
  const asLabelled = reachedByPodAuthor(facts, namespace).find(({ target }) => target === all);
  const one = namespace === EVERYWHERE ? facts.everyNamespace[0] : namespace;
  if (asLabelled !== undefined || one === undefined) return asLabelled;
  const relabelled = reachBy(all, podAdmissionRelabelled(facts, one, { needed: 'privileged' }));
  const hangsOn = relabelled.hangsOn === undefined ? BY_RELABELLING : `${BY_RELABELLING}; ${relabelled.hangsOn}`;
  return { ...relabelled, certainty: 'conditional', hangsOn };
}

export const namespaceAdminPods = defineTechnique({
  id: 'namespace-admin-pods',
  title: 'Makes privileged pods as administrator of the namespace',
  class: 'rbac',
  walked: true,
  from: ['namespace-admin'],
  to: ['all-nodes'],
  action: 'Makes a privileged pod in the namespace, which its administrator may, and takes its node.',
  precondition:
    'Pod Security as the namespace is labelled lets a privileged pod in, or the administrator may change the namespace itself, as whoever may do everything in it may.',
  remediation: 'Bind the ClusterRole `admin` in place of wildcards, and enforce `baseline` or `restricted` on the namespace.',
  coverage: { level: 'full' },
  attck: ['T1610', 'T1611'],
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  ],
  find(facts, emit) {
    // Counted first: asking for `all-nodes` may add a node.
    for (let node = 0, { count } = facts.nodes; node < count; node += 1) {
      if (facts.nodes.kinds[node] !== 'namespace-admin') continue;
      const reached = nodesOf(facts, facts.nodes.names[node] as string);
      if (reached !== undefined) emit(node, reached.target, 0, reached.certainty);
    }
  },
  explain(facts, { from }) {
    const namespace = facts.nodes.names[from] as string;
    const reached = nodesOf(facts, namespace);
    if (reached === undefined) throw new Error(`namespace-admin-pods: no pod that has the node is let into ${namespace}`);
    const [first, ...others] = reached.evidence;
    const where = objectEvidence('Cluster', { name: 'cluster' }, '', 'lets its administrators make pods in every namespace');
    const open = namespace === EVERYWHERE ? 'the namespaces' : `namespace ${namespace}`;
    return {
      evidence: first === undefined ? [where] : [first, ...others],
      ...(reached.hangsOn === undefined ? {} : { hangsOn: reached.hangsOn }),
      fix: { says: `enforce Pod Security level baseline on ${open}, or close the edge that makes its administrator` },
    };
  },
});
