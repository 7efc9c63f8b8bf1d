import { provenAndAsked } from '../evidence/proven.ts';
import { everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { isOfOneGroup } from '../facts/one-group.ts';
import { podAdmission } from '../facts/pod-admission.ts';
import { type AuthorEdge, emitEdges, mayHaveNodes } from '../facts/pod-author.ts';
import { type AnyOf, type Holding, holdings, type Part } from '../facts/rights.ts';
import { type SccAllowance, sccAllowances, sccByNamespace, USE_SCC } from '../facts/scc-allowances.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { CREATE_WORKLOAD } from '../facts/workload-rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

/** A controller makes its pods as itself: of what the author may use, only pods that it makes with its own hands have anything. */
const CREATE_POD: AnyOf = CREATE_WORKLOAD.filter(({ resource }) => resource === 'pods');

const isWide = (scope: string): boolean => scope === '' || scope === EVERYWHERE;

/** The narrower of two scopes; undefined: they have nothing in common. */
function meet(one: string, other: string): string | undefined {
  if (isWide(one)) return other;
  return isWide(other) || one === other ? one : undefined;
}

interface Way {
  readonly from: number;
  readonly scope: string;
  readonly make: Part;
  readonly allowance: SccAllowance;
}

const partsOf = ({ make, allowance }: Way): readonly Part[] => (allowance.part === undefined ? [make] : [make, allowance.part]);

/** How surely a pod under the constraint gets the node in a scope; no certainty: it is refused there. */
function edgeCertainty(
  facts: Facts,
  scope: string,
  { opening, evidence }: SccAllowance,
): Partial<Omit<AuthorEdge, 'from' | 'to' | 'parts'>> {
  const admission = podAdmission(facts, scope, { needed: opening.needed, sccAllows: true });
  if (admission === undefined) return {};
  const questions = [opening.hangsOn, admission.hangsOn].filter((one) => one !== undefined);
  return {
    certainty: questions.length === 0 ? 'certain' : 'conditional',
    ...(questions.length === 0 ? {} : { hangsOn: questions.join('; ') }),
    evidence: [...evidence, ...admission.evidence],
  };
}

function edgeOf(facts: Facts, way: Way): AuthorEdge[] {
  const { certainty, evidence = [], ...how } = edgeCertainty(facts, way.scope, way.allowance);
  if (certainty === undefined) return [];
  return [{ from: way.from, to: everything(facts, 'all-nodes', ''), parts: partsOf(way), certainty, evidence, ...how }];
}

const partOf = (rights: AnyOf, { by }: Holding): Part => ({ rights, by });

/** Pods that the subject makes itself, under what it or its groups may use. */
function* directWays(facts: Facts, allowances: readonly SccAllowance[]): Generator<Way> {
  const byNode = Map.groupBy(allowances, ({ node }) => node);
  const groupNode = (group: string): number => facts.nodes.indexOf(`group:${group}`) ?? -1;
  const allowed = ({ node, groups }: SubjectFacts): readonly SccAllowance[] =>
    [node, ...groups.map(groupNode)].flatMap((one) => byNode.get(one) ?? []);
  for (const subject of facts.subjects.all) {
    const own = allowed(subject);
    if (own.length === 0) continue;
    const grants = new Set(subject.own);
    for (const make of holdings(facts.subjects.effective(subject), CREATE_POD)) {
      for (const allowance of own) {
        const scope = meet(make.scope, allowance.scope);
        if (scope === undefined) continue;
        const way = { from: subject.node, scope, make: partOf(CREATE_POD, make), allowance };
        const isOwn = allowance.node === subject.node || make.by.some(({ grant }) => grants.has(grant));
        if (isOwn || !isOfOneGroup(partsOf(way))) yield way;
      }
    }
  }
}

/** One account that stands for those of every namespace, with all rules that let any of them; undefined where there is none. */
function standIn(facts: Facts, byNamespace: ReadonlyMap<string, SccAllowance>): { scope: string; allowance: SccAllowance } | undefined {
  const all = [...byNamespace].map(([scope, allowance]) => ({ scope, allowance, ...edgeCertainty(facts, scope, allowance) }));
  const best = all.find(({ certainty }) => certainty === 'certain') ?? all.find(({ certainty }) => certainty !== undefined);
  if (best === undefined) return undefined;
  const { part: _, ...allowance } = best.allowance;
  // One that the constraint lists itself stays, whatever RBAC loses.
  const parts = all.flatMap((one) => one.allowance.part ?? []);
  const part = parts.length < all.length ? undefined : { rights: USE_SCC, by: [...new Set(parts.flatMap(({ by }) => by))] };
  return { scope: best.scope, allowance: { ...allowance, ...(part === undefined ? {} : { part }) } };
}

/** Pods that run as a service account which may use one, whoever makes them, by whatever controller. */
function waysThroughAccounts(facts: Facts, allowances: readonly SccAllowance[]): readonly Way[] {
  const byNamespace = sccByNamespace(facts, allowances);
  const everywhere = byNamespace.get('') ?? byNamespace.get(EVERYWHERE);
  const anywhere = standIn(facts, byNamespace);
  const ways: Way[] = [];
  if (anywhere === undefined) return ways;
  facts.eachHolding(CREATE_WORKLOAD, ({ node }, holding) => {
    const { scope } = holding;
    const allowance = byNamespace.get(scope) ?? everywhere;
    const way = isWide(scope) ? anywhere : allowance === undefined ? undefined : { scope, allowance };
    if (way !== undefined) ways.push({ from: node, make: partOf(CREATE_WORKLOAD, holding), ...way });
  });
  return ways;
}

export const sccUse = defineTechnique({
  id: 'scc-use',
  title: "Makes pods under a strong constraint of OpenShift's",
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-nodes'],
  action: 'Makes a pod that a SecurityContextConstraints lets be privileged or mount the node, and takes the node.',
  precondition:
    '`create` on pods, and `use` of such a SecurityContextConstraints (by RBAC in the namespace, or listed in its users and groups) by the author, or by a service account of the namespace, and then controllers count as well.',
  remediation: 'Give `use` of privileged constraints to service accounts of namespaces in which nobody else makes pods.',
  coverage: { level: 'partial', misses: 'constraints that only add capabilities or share processes of the node; their priorities' },
  attck: ['T1611', 'T1610'],
  references: ['https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html'],
  find(facts, emit) {
    const allowances = mayHaveNodes(facts) ? sccAllowances(facts) : [];
    if (allowances.length === 0) return;
    const ways = [...directWays(facts, allowances), ...waysThroughAccounts(facts, allowances)];
    emitEdges(
      facts,
      ways.flatMap((way) => edgeOf(facts, way)),
      emit,
    );
  },
  ...provenAndAsked,
});
