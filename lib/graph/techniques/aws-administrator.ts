import type { AwsRole } from '../../inventory/aws.ts';
import { command } from '../evidence/shell.ts';
import { isAdministrator, managedPolicies } from '../facts/aws-roles.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

export const awsAdministrator = defineTechnique({
  id: 'aws-administrator',
  title: 'Is administrator of the AWS account',
  class: 'cloud',
  walked: true,
  from: ['aws-role'],
  to: ['aws-admin'],
  action: 'May do anything in the AWS account.',
  precondition:
    'An Allow statement of the role covers every action on every resource; a condition, a permissions boundary or a Deny statement makes it conditional.',
  remediation: 'Give the role the actions and resources that its workload uses.',
  coverage: { level: 'partial', misses: 'service control policies, and roles that can make themselves administrator' },
  attck: ['T1078.004'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
  find({ inventory, nodes }, emit) {
    const policies = managedPolicies(inventory);
    for (const role of inventory.aws.roles) {
      const { answer, statements } = isAdministrator(role, policies);
      if (answer === 'no' || statements.length === 0) continue;
      const admin = nodes.intern('aws-admin', role.account);
      emit(nodes.intern('aws-role', role.arn, '', role), admin, 0, answer === 'yes' ? 'certain' : 'conditional');
    }
  },
  explain({ inventory, nodes }, { from }) {
    const role = nodes.records[from] as AwsRole;
    const { statements, dependsOn } = isAdministrator(role, managedPolicies(inventory));
    const evidence = statements.map(
      ({ kind, policy, pointer }): Evidence => ({
        kind: kind === 'inline' ? 'AwsRole' : 'AwsManagedPolicy',
        name: kind === 'inline' ? role.arn : policy,
        pointer,
        says: 'allows every action on every resource',
      }),
    );
    const managed = statements.find(({ kind }) => kind === 'managed');
    return {
      evidence: evidence as [Evidence, ...Evidence[]],
      ...(dependsOn.length === 0 ? {} : { hangsOn: dependsOn.join('; ') }),
      fix: {
        says: 'take the administrator policy away',
        ...(managed === undefined
          ? {}
          : { command: command('aws', 'iam', 'detach-role-policy', `--role-name=${role.name}`, `--policy-arn=${managed.policy}`) }),
        sideEffect: 'the role keeps only what its other policies allow',
      },
    };
  },
});
