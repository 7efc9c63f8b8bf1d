import type { Grant } from '../../access/rbac/bindings.ts';
import { provenAndAsked } from '../evidence/proven.ts';
import { everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { isOfOneGroup } from '../facts/one-group.ts';
import { podAdmissionIn, podAdmissionRelabelled } from '../facts/pod-admission.ts';
import { type AuthorEdge, emitEdges, mayHaveNodes, reachBy } from '../facts/pod-author.ts';
import { type AnyOf, covers, type Holding, holdings, type Part } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { CREATE_WORKLOAD, makingRequests } from '../facts/workload-rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

const RELABEL: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'namespaces' }];

const isWide = (scope: string): boolean => scope === '' || scope === EVERYWHERE;

/** Namespaces that refuse a privileged pod as they are labelled, by how surely they would let it in once relabelled. */
function refusing(facts: Facts): ReadonlySet<string> {
  return new Set([...facts.namespaces.keys()].filter((name) => podAdmissionIn(facts, name, { needed: 'privileged' }).state === 'refused'));
}

/**
 * Namespaces that come into question: those that the holdings name, and where both are held over all of them one that stands for the rest.
 * The request for a namespace carries it as its own, so that a RoleBinding in it counts, and its name is that of the object.
 */
function candidates(relabels: readonly Holding[], makes: readonly Holding[], closed: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { scope, name } of relabels)
    if (!isWide(scope)) found.add(scope);
    else if (name !== undefined) found.add(name);
  for (const { scope } of makes) if (!isWide(scope)) found.add(scope);
  const [first] = closed;
  const unnamed = relabels.some(({ scope, name }) => isWide(scope) && name === undefined);
  if (unnamed && first !== undefined && makes.some(({ scope }) => isWide(scope))) found.add(first);
  return new Set([...found].filter((namespace) => closed.has(namespace)));
}

/** Both parts over one namespace, with everybody who gives them. */
function partsOver(namespace: string, relabels: readonly Holding[], makes: readonly Holding[]): readonly Part[] | undefined {
  const relabel = relabels.filter((one) => covers(one, namespace) && (one.name === undefined || one.name === namespace));
  const make = makes.filter((one) => covers(one, namespace));
  if (relabel.length === 0 || make.length === 0) return undefined;
  return [
    { rights: RELABEL, by: relabel.flatMap(({ by }) => by) },
    { rights: CREATE_WORKLOAD, by: make.flatMap(({ by }) => by) },
  ];
}

const waysOf = (grants: readonly Grant[], closed: ReadonlySet<string>): readonly { namespace: string; parts: readonly Part[] }[] => {
  const relabels = holdings(grants, RELABEL);
  if (relabels.length === 0) return [];
  const makes = holdings(grants, CREATE_WORKLOAD);
  return [...candidates(relabels, makes, closed)].flatMap((namespace) => {
    const parts = partsOver(namespace, relabels, makes);
    return parts === undefined ? [] : [{ namespace, parts }];
  });
};

/** What is a group's alone is told of the group, and its members follow it there. */
const isOfSubject = ({ own }: SubjectFacts, parts: readonly Part[]): boolean =>
  parts.some(({ by }) => by.some(({ grant }) => own.includes(grant))) || !isOfOneGroup(parts);

export const namespaceRelabel = defineTechnique({
  id: 'namespace-relabel',
  title: "Takes a namespace's Pod Security labels away",
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-nodes'],
  action: 'Writes `pod-security.kubernetes.io/enforce: privileged` on the namespace, then makes a privileged pod there and takes its node.',
  precondition:
    '`update` or `patch` on the namespace (cluster-wide, unnamed or naming it, or by a RoleBinding in it) and `create` on pods or a controller in it, where Pod Security as it is labelled refuses a privileged pod now.',
  remediation: 'Let nobody who works in a namespace change the namespace itself; guard the labels with a ValidatingAdmissionPolicy.',
  coverage: { level: 'partial', misses: 'making pods by changing an existing controller; namespaces whose labels were not read' },
  attck: ['T1562', 'T1610'],
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#namespace-modification',
  ],
  find(facts, emit) {
    const closed = mayHaveNodes(facts) ? refusing(facts) : new Set<string>();
    if (closed.size === 0) return;
    const nodes = everything(facts, 'all-nodes', '');
    const edges = facts.subjects.all.flatMap((subject): AuthorEdge[] => {
      if (subject.own.length === 0 && subject.groups.length < 2) return [];
      return waysOf(facts.subjects.effective(subject), closed)
        .filter(({ parts }) => isOfSubject(subject, parts))
        .map(({ namespace, parts }) => {
          const through = makingRequests(parts[1]?.by ?? []);
          const { target: to, ...how } = reachBy(nodes, podAdmissionRelabelled(facts, namespace, { needed: 'privileged', through }));
          return { from: subject.node, to, parts, ...how };
        });
    });
    emitEdges(facts, edges, emit);
  },
  ...provenAndAsked,
});
