import { indexAws } from '../../access/aws/aws-index.ts';
import { command } from '../../access/shell.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import { allowStatements, reachOf, statementId, statementName } from '../facts/aws-roles.ts';
import type { NodeId } from '../model.ts';
import { defineTechnique } from './technique.ts';

export const awsPermission = defineTechnique({
  id: 'aws-permission',
  title: 'Is allowed by a policy statement',
  class: 'cloud',
  walked: true,
  from: ['aws-role'],
  to: ['aws-statement'],
  action: 'Uses what the statement allows in the AWS account.',
  precondition:
    'An inline or attached policy of the role has an Allow statement, and its permissions boundary, Deny statements and service control policies leave something of it; where they leave a part, or a condition is not known to hold, it is conditional.',
  remediation: 'Take the statement out of the policy, or narrow its actions and resources.',
  coverage: {
    level: 'partial',
    misses: 'what policies of resources and resource control policies take away or add; policies that were not read',
  },
  attck: ['T1078.004'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
  find({ inventory, nodes }, emit) {
    const policies = indexAws(inventory).managedPolicies;
    for (const role of inventory.aws.roles) {
      const from = nodes.intern('aws-role', role.arn, '', role);
      for (const placed of allowStatements(role, policies)) {
        const { left } = reachOf(inventory, role, placed);
        if (left === 'none') continue;
        const to = nodes.internAs(statementId(role, placed) as NodeId, {
          kind: 'aws-statement',
          name: statementName(placed),
          record: placed,
        });
        emit(from, to, placed.statement.index, left === 'whole' ? 'certain' : 'conditional');
      }
    }
  },
  explain({ inventory, nodes }, { from, to, certainty }) {
    const role = nodes.records[from] as AwsRole;
    const placed = allowStatements(role, indexAws(inventory).managedPolicies).find((one) => statementId(role, one) === nodes.ids[to]);
    if (placed === undefined) throw new Error(`aws-permission: ${nodes.ids[to]} is no statement of ${role.arn}`);
    const inline = placed.kind === 'inline';
    return {
      evidence: [
        {
          kind: inline ? 'AwsRole' : 'AwsManagedPolicy',
          name: inline ? role.arn : placed.policy,
          pointer: placed.pointer,
          says: `allows ${statementName(placed)}`,
        },
      ],
      ...(certainty === 'conditional' ? { hangsOn: reachOf(inventory, role, placed).by.join('; ') } : {}),
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
