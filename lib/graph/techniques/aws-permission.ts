import type { PlacedStatement } from '../../access/aws/permissions.ts';
import type { AwsManagedPolicy, AwsRole } from '../../inventory/aws.ts';
import { command } from '../evidence/shell.ts';
import { allowStatements, deniesBeside, managedPolicies, statementId, statementName } from '../facts/aws-roles.ts';
import type { NodeId } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** What could take the statement's permission away again: its own conditions, a boundary, a Deny beside it. */
function limitsOf(role: AwsRole, policies: ReadonlyMap<string, AwsManagedPolicy>, placed: PlacedStatement): readonly string[] {
  return [
    ...placed.statement.conditions.map(({ operator, key, values }) => `${operator} ${key} ${values.join(', ')}`),
    ...(role.permissionsBoundary === undefined ? [] : [`permissions boundary ${role.permissionsBoundary}`]),
    ...deniesBeside(role, policies, placed).map(
      ({ policy, statement }) => `Deny ${statement.sid ?? `statement ${statement.index}`} of ${policy}`,
    ),
  ];
}

export const awsPermission = defineTechnique({
  id: 'aws-permission',
  title: 'Is allowed by a policy statement',
  class: 'cloud',
  walked: true,
  from: ['aws-role'],
  to: ['aws-statement'],
  action: 'Uses what the statement allows in the AWS account.',
  precondition:
    'An inline or attached policy of the role has an Allow statement; conditions, a permissions boundary, Deny statements and service control policies may narrow it.',
  remediation: 'Take the statement out of the policy, or narrow its actions and resources.',
  coverage: {
    level: 'partial',
    misses: 'what boundaries, Deny statements, service control policies and resource policies take away or add',
  },
  attck: ['T1078.004'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
  find({ inventory, nodes }, emit) {
    const policies = managedPolicies(inventory);
    for (const role of inventory.aws.roles) {
      const from = nodes.intern('aws-role', role.arn, '', role);
      for (const placed of allowStatements(role, policies)) {
        const to = nodes.internAs(statementId(role, placed) as NodeId, {
          kind: 'aws-statement',
          name: statementName(placed),
          record: placed,
        });
        emit(from, to, placed.statement.index, limitsOf(role, policies, placed).length === 0 ? 'certain' : 'conditional');
      }
    }
  },
  explain({ inventory, nodes }, { from, to, certainty }) {
    const role = nodes.records[from] as AwsRole;
    const placed = allowStatements(role, managedPolicies(inventory)).find((one) => statementId(role, one) === nodes.ids[to]);
    if (placed === undefined) throw new Error(`aws-permission: ${nodes.ids[to]} is no statement of ${role.arn}`);
    const inline = placed.kind === 'inline';
    const limits = limitsOf(role, managedPolicies(inventory), placed);
    return {
      evidence: [
        {
          kind: inline ? 'AwsRole' : 'AwsManagedPolicy',
          name: inline ? role.arn : placed.policy,
          pointer: placed.pointer,
          says: `allows ${statementName(placed)}`,
        },
      ],
      ...(certainty === 'conditional' ? { hangsOn: limits.join('; ') } : {}),
      fix: {
        says: inline
          ? `take the statement out of inline policy ${placed.policy}`
          : 'detach the managed policy, or change it for all that have it',
        command: inline
          ? command(
              'aws',
              'iam',
              'put-role-policy',
              `--role-name=${role.name}`,
              `--policy-name=${placed.policy}`,
              '--policy-document',
              'file://policy.json',
            )
          : command('aws', 'iam', 'detach-role-policy', `--role-name=${role.name}`, `--policy-arn=${placed.policy}`),
      },
    };
  },
});
