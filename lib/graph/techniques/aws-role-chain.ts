import { roleChain, roleChains } from '../../access/aws/role-chains.ts';
import { statementPointer } from '../../access/aws/statement.ts';
import { command } from '../../access/shell.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { AWS_PRINCIPALS, actors, principalAt, principalNode, rightsEvidence, worldOf } from '../facts/aws-principals.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

export const awsRoleChain = defineTechnique({
  id: 'aws-role-chain',
  title: 'Assumes another AWS role',
  class: 'cloud',
  walked: true,
  from: AWS_PRINCIPALS,
  to: ['aws-role'],
  action: 'Calls sts:AssumeRole with the keys that it has and gets those of another role, in the same account or in another.',
  precondition:
    "The target's trust policy lets the caller in, and the caller's own policies, its boundary and the organisation allow it; within one account a trust policy that names the caller is enough.",
  remediation: 'Name the roles that need it in the trust policy instead of the account, and ask for an external id or session tags.',
  coverage: { level: 'partial', misses: 'roles of accounts that were not read, and what a session policy takes away' },
  attck: ['T1550.001', 'T1078.004'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html'],
  find(facts, emit) {
    const world = worldOf(facts);
    for (const { node, principal } of actors(facts)) {
      for (const { to, answer } of roleChains(world, principal)) {
        emit(node, principalNode(facts.nodes, to), 0, answer.canAssume === true ? 'certain' : 'conditional');
      }
    }
  },
  changes(facts, { from, to }) {
    return [`trust policy: ${facts.nodes.names[from]} ${facts.nodes.names[to]}`];
  },
  explain(facts, { from, to }) {
    const principal = principalAt(facts, from);
    const world = worldOf(facts);
    const role = world.index.roles.get(facts.nodes.names[to] ?? '');
    const chain = role && roleChain(world, principal, role);
    if (chain === undefined) throw new Error(`aws-role-chain: ${principal.arn} may not assume ${facts.nodes.names[to]}`);
    const target: AwsRole = chain.to;
    const trusting = target.trust.statements.filter((statement) => chain.answer.statements.includes(statement));
    const shown = trusting.length > 0 ? trusting : target.trust.statements.filter(({ effect }) => effect === 'Allow');
    const evidence: Evidence[] = shown.map((statement) => ({
      kind: 'AwsRole',
      name: target.arn,
      pointer: `/AssumeRolePolicyDocument${statementPointer(statement)}`,
      says: statement.effect === 'Allow' ? 'lets the caller in' : 'may keep the caller out',
    }));
    const own = rightsEvidence(facts, principal, [{ action: 'sts:AssumeRole', resource: target.arn, sure: true, dependsOn: [] }]);
    const account = splitArn(target.arn)?.account;
    return {
      evidence: [...evidence, ...own] as [Evidence, ...Evidence[]],
      ...(chain.answer.dependsOn.length === 0 ? {} : { hangsOn: chain.answer.dependsOn.join('; ') }),
      fix: {
        says: `narrow the trust policy of ${target.name} in account ${account} to the principals that need it`,
        command: command('aws', 'iam', 'update-assume-role-policy', `--role-name=${target.name}`, '--policy-document', 'file://trust.json'),
        sideEffect: "whoever is no longer named gets no new credentials; those handed out last up to the session's end",
      },
    };
  },
});
