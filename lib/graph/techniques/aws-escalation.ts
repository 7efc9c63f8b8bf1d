import { type Escalation, escalationsFrom } from '../../access/aws/escalation/escalate.ts';
import { isUser } from '../../access/aws/principal-statements.ts';
import {
  AWS_PRINCIPALS,
  actors,
  changesOfWays,
  closingOfWays,
  fixOfChange,
  fixOfRights,
  principalAt,
  principalNode,
  rightsEvidence,
  worldOf,
} from '../facts/aws-principals.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type FoundEdge } from './technique.ts';

/** More ways than this are counted and not listed. */
const TOLD_WAYS = 5;

function escalationOf(facts: Facts, { from, to }: FoundEdge): Escalation {
  const target = facts.nodes.kinds[to] === 'aws-admin' ? 'admin' : worldOf(facts).principals.get(facts.nodes.names[to] as string);
  const found = escalationsFrom(worldOf(facts), principalAt(facts, from)).find((escalation) => escalation.to === target);
  if (found === undefined) throw new Error(`aws-escalation: ${facts.nodes.ids[from]} does not reach ${facts.nodes.ids[to]}`);
  return found;
}

const waysOf = ({ steps }: Escalation) => steps.map(({ rights }) => rights);

const actionsOf = ({ steps }: Escalation): string[] =>
  steps.map(
    ({ row, target }) =>
      `${row.needs.map(({ action }) => action).join(' + ')}${row.gives === 'admin' && target !== undefined ? ` over ${target.arn}` : ''}`,
  );

/** What the target itself says: whom a role trusts, or that the user is there. */
function targetEvidence({ to, steps: [best] }: Escalation): Evidence[] {
  const target = to === 'admin' ? best.target : to;
  if (target === undefined) return [];
  if (isUser(target))
    return [{ kind: 'AwsUser', name: target.arn, pointer: '/UserName', says: 'is a user whose keys or password can be set' }];
  const trusts = best.row.target?.trusts;
  const passed = best.row.needs.some(({ action }) => action === 'iam:PassRole');
  const byTrust = `trusts ${trusts}${passed ? ', so it can be passed to it' : ''}`;
  const otherwise =
    best.row.target?.provider === 'missing'
      ? 'trusts an OIDC provider of its account that is not there'
      : 'is a role whose trust or policies can be changed, or that lets the caller in';
  const says = trusts === undefined ? otherwise : byTrust;
  return [{ kind: 'AwsRole', name: target.arn, pointer: '/AssumeRolePolicyDocument', says }];
}

export const awsEscalation = defineTechnique({
  id: 'aws-escalation',
  title: 'Escalates in the AWS account',
  class: 'cloud',
  walked: true,
  from: AWS_PRINCIPALS,
  to: ['aws-role', 'aws-user', 'aws-admin'],
  action: 'Changes policies, trust or keys in IAM, or makes a service run code as a stronger role.',
  precondition:
    'The principal is allowed every action of a known way on the resources that it needs, by its policies, boundary and organisation; a role that is passed to a service trusts that service.',
  remediation: 'Allow iam:PassRole and changes in IAM on named resources only, and put a permissions boundary on roles of workloads.',
  coverage: {
    level: 'partial',
    misses:
      'ways that need further resources (an image, a subnet) ask for the main one alone; functions, instances and stacks that already run as a role are not read',
  },
  attck: ['T1098', 'T1548.005'],
  references: ['https://pathfinding.cloud', 'https://github.com/nccgroup/PMapper/wiki'],
  find(facts, emit) {
    const world = worldOf(facts);
    const { nodes } = facts;
    for (const { node, principal } of actors(facts)) {
      const isAdmin = nodes.kinds[node] === 'aws-admin';
      for (const { to, sure } of escalationsFrom(world, principal)) {
        if (to === 'admin' && isAdmin) continue;
        const end = to === 'admin' ? nodes.intern('aws-admin', principal.account) : principalNode(nodes, to);
        emit(node, end, 0, sure ? 'certain' : 'conditional');
      }
    }
  },
  changes(facts, edge) {
    return changesOfWays(facts, principalAt(facts, edge.from), waysOf(escalationOf(facts, edge)));
  },
  closing(facts, edge) {
    return closingOfWays(facts, principalAt(facts, edge.from), waysOf(escalationOf(facts, edge)));
  },
  fix(facts, { from }, change) {
    return fixOfChange(facts, principalAt(facts, from), change);
  },
  explain(facts, edge) {
    const principal = principalAt(facts, edge.from);
    const escalation = escalationOf(facts, edge);
    const [best] = escalation.steps;
    const ways = actionsOf(escalation);
    const evidence = [...rightsEvidence(facts, principal, best.rights), ...targetEvidence(escalation)];
    const [first, ...rest] = evidence as [Evidence, ...Evidence[]];
    const more = ways.length - TOLD_WAYS;
    const told = `${ways.slice(0, TOLD_WAYS).join('; or ')}${more > 0 ? `; or ${more} more ways` : ''}`;
    return {
      evidence: [{ ...first, says: `${first.says} (${ways.length === 1 ? 'the way' : 'ways'}: ${told})` }, ...rest],
      ...(best.dependsOn.length === 0 ? {} : { hangsOn: best.dependsOn.join('; ') }),
      fix: fixOfRights(facts, principal, best.rights),
    };
  },
});
