import { isAdministrator } from '../../access/aws/administrator.ts';
import { isUser } from '../../access/aws/principal-statements.ts';
import { command } from '../../access/shell.ts';
import { principalAt, principalNode, worldOf } from '../facts/aws-principals.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

export const awsAdministrator = defineTechnique({
  id: 'aws-administrator',
  title: 'Is administrator of the AWS account',
  class: 'cloud',
  walked: true,
  from: ['aws-role', 'aws-user'],
  to: ['aws-admin'],
  action: 'May do anything in the AWS account.',
  precondition:
    'An Allow statement of the role or user (or of its groups) covers every action on every resource, and so does its permissions boundary; a condition or a Deny statement makes it conditional. Service control policies bind everybody in the account: who may do all that they leave is its administrator.',
  remediation: 'Give the role the actions and resources that its workload uses.',
  coverage: {
    level: 'partial',
    misses: 'several statements that cover everything only together; roles that can make themselves administrator are edges of their own',
  },
  attck: ['T1078.004'],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html'],
  find(facts, emit) {
    const { index, principals } = worldOf(facts);
    for (const principal of principals.values()) {
      const { answer, statements } = isAdministrator(index, principal);
      if (answer === 'no' || statements.length === 0) continue;
      const admin = facts.nodes.intern('aws-admin', principal.account);
      emit(principalNode(facts.nodes, principal), admin, 0, answer === 'yes' ? 'certain' : 'conditional');
    }
  },
  explain(facts, { from }) {
    const principal = principalAt(facts, from);
    const world = worldOf(facts);
    const { statements, dependsOn } = isAdministrator(world.index, principal);
    const deciding = new Set(statements.map(({ statement }) => statement));
    const held = world.held(principal).allows.filter(({ statement }) => deciding.has(statement));
    const says = 'allows every action on every resource';
    const evidence = held.map(({ object, pointer }): Evidence => ({ ...object, pointer, says }));
    const managed = held.find(({ object, policy }) => object.kind === 'AwsManagedPolicy' && principal.attachedPolicies.includes(policy));
    const [operation, option] = isUser(principal) ? ['detach-user-policy', '--user-name'] : ['detach-role-policy', '--role-name'];
    return {
      evidence: evidence as [Evidence, ...Evidence[]],
      ...(dependsOn.length === 0 ? {} : { hangsOn: dependsOn.join('; ') }),
      fix: {
        says: 'take the administrator policy away',
        ...(managed === undefined
          ? {}
          : { command: command('aws', 'iam', operation, `${option}=${principal.name}`, `--policy-arn=${managed.policy}`) }),
        sideEffect: `the ${isUser(principal) ? 'user' : 'role'} keeps only what its other policies allow`,
      },
    };
  },
});
