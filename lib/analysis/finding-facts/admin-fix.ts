import { policyJson, statementJson } from '../../access/aws/policy-json.ts';
import { statementPointer } from '../../access/aws/statement.ts';
import { command, inTurn } from '../../access/shell.ts';
import { grantAt } from '../../graph/evidence/gcp.ts';
import type { Explanation } from '../../graph/model.ts';
import type { AwsInlinePolicy, AwsRole } from '../../inventory/aws.ts';
import type { RowFix } from '../findings/finding.ts';
import { withoutMember } from './gcp-steps.ts';
import { cloudDocument } from './patches.ts';
import type { FindingWorld } from './world.ts';

const INLINE = /^\/RolePolicyList\/(\d{1,6})\/PolicyDocument(\/Statement(?:\/\d{1,6})?)$/;

/** An inline policy without some of its statements; undefined: nothing is left of it. */
function narrowed(policy: AwsInlinePolicy, gone: ReadonlySet<string>) {
  const left = policy.document.statements.filter((statement) => !gone.has(statementPointer(statement)));
  return left.length === 0 ? undefined : { PolicyName: policy.name, PolicyDocument: policyJson(policy.document, left.map(statementJson)) };
}

/** Takes the policies and statements that make a role administrator away, and says what the role has then. */
function roleFix(role: AwsRole, evidence: Explanation['evidence']): Pick<RowFix, 'command' | 'patches'> | undefined {
  const detached = new Set(
    evidence.filter(({ kind, name }) => kind === 'AwsManagedPolicy' && role.attachedPolicies.includes(name)).map(({ name }) => name),
  );
  const gone = new Map<AwsInlinePolicy, Set<string>>();
  for (const { kind, name, pointer } of evidence) {
    const [, place, statement = ''] = (kind === 'AwsRole' && name === role.arn && INLINE.exec(pointer)) || [];
    const policy = place === undefined ? undefined : role.inlinePolicies[Number(place)];
    if (policy !== undefined) gone.set(policy, (gone.get(policy) ?? new Set()).add(statement));
  }
  if (detached.size + gone.size === 0) return undefined;
  const inline = role.inlinePolicies.map((policy) => ({ policy, left: narrowed(policy, gone.get(policy) ?? new Set()) }));
  const lines = [
    ...[...detached].map((arn) => command('aws', 'iam', 'detach-role-policy', `--role-name=${role.name}`, `--policy-arn=${arn}`)),
    ...inline
      .filter(({ policy }) => gone.has(policy))
      .map(({ policy, left }) => {
        const words = [`--role-name=${role.name}`, `--policy-name=${policy.name}`];
        return left === undefined
          ? command('aws', 'iam', 'delete-role-policy', ...words)
          : command('aws', 'iam', 'put-role-policy', ...words, `--policy-document=${JSON.stringify(left.PolicyDocument)}`);
      }),
  ];
  const document = {
    ManagedPolicyArns: role.attachedPolicies.filter((arn) => !detached.has(arn)),
    Policies: inline.flatMap(({ left }) => left ?? []),
  };
  const says = `The policies of role ${role.name} after the fix, as properties of AWS::IAM::Role in CloudFormation; put those in that its workload needs`;
  return { command: inTurn(lines), patches: [cloudDocument({ kind: 'AwsRole', name: role.arn }, says, document)] };
}

const NO_DOCUMENT = 'what makes it administrator is a grant by itself: the cloud has no document that stays and says that it is gone';

/** Takes what makes an identity administrator of its account, project or scope away, given what proves it. */
export function adminFix(world: FindingWorld, identity: string, { evidence, fix }: Explanation): RowFix {
  const role = world.inventory.aws.roles.find(({ arn }) => arn === identity);
  const grant = role === undefined ? grantAt(world.inventory.gcp.policies, evidence) : undefined;
  const own = role !== undefined ? roleFix(role, evidence) : grant && withoutMember(grant.policy, grant.binding, grant.member);
  const { says, command: line } = fix;
  return own === undefined ? { says, ...(line === undefined ? {} : { command: line }), lacks: NO_DOCUMENT } : { says, ...own };
}
