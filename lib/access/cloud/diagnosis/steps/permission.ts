import type { AwsInventory, AwsRole } from '../../../../inventory/aws.ts';
import { command } from '../../../shell.ts';
import { type ChainFacts, counted } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';

/** May the identity do anything at all? Which call is denied is asked by `cloud-review`. */
export function permissionStep(facts: ChainFacts): Finding {
  const { link, world } = facts;
  if (link.principal === undefined)
    return { status: 'skipped', says: 'What an identity may do cannot be asked before it is found.', evidence: [] };
  if (link.provider === 'aws') return rolePolicies(link.principal as AwsRole, world.inventory.aws);
  return link.provider === 'gcp' ? googleGrants(facts) : azureAssignments(facts);
}

function rolePolicies(role: AwsRole, aws: AwsInventory): Finding {
  const evidence = [{ kind: 'AwsRole', name: role.arn, pointer: '/AttachedManagedPolicies', says: 'its attached policies' }];
  if (role.policiesUnknown === true)
    return {
      status: 'unknown',
      says: 'The policies of the role were not read.',
      evidence: [],
      fix: { says: 'add them to the data', command: 'aws iam get-account-authorization-details' },
    };
  const count = role.inlinePolicies.length + role.attachedPolicies.length;
  if (count > 0) return { status: 'ok', says: `The role has ${counted(count, 'policy').replace('policys', 'policies')}.`, evidence };
  const fix = {
    says: 'attach a policy that allows what the pods are to do',
    command: command('aws', 'iam', 'attach-role-policy', `--role-name=${role.name}`, '--policy-arn=POLICY-ARN'),
  };
  const named = aws.resourcePolicies.some(({ document }) => names(document, role.arn));
  if (named)
    return {
      status: 'unknown',
      says: 'The role has no policy of its own; a resource names it, and that may be all it needs.',
      evidence,
      fix,
    };
  return {
    status: 'failed',
    says: 'The role has no policy at all: whatever its pods call is denied, unless a policy of the resource names it.',
    evidence,
    fix,
  };
}

const names = (document: AwsInventory['resourcePolicies'][number]['document'], arn: string): boolean =>
  document?.statements.some(
    ({ effect, principals }) => effect === 'Allow' && principals?.some(({ value }) => value === arn || value === '*'),
  ) === true;

function googleGrants({ link, world }: ChainFacts): Finding {
  const count = world.grants.get(`serviceAccount:${link.identity}`) ?? 0;
  const evidence = [
    { kind: 'GcpServiceAccount', name: link.identity, pointer: '/email', says: `is a member of ${counted(count, 'binding')}` },
  ];
  if (count > 0)
    return {
      status: 'ok',
      says: `${counted(count, 'binding')} that ${count === 1 ? 'was' : 'were'} read ${count === 1 ? 'names' : 'name'} it.`,
      evidence,
    };
  return {
    status: 'unknown',
    says: 'No binding that was read names it; a group that it is in, or a resource whose policy was not read, may still grant something.',
    evidence,
    fix: {
      says: 'grant it what its pods need',
      command: command(
        'gcloud',
        'projects',
        'add-iam-policy-binding',
        'PROJECT',
        `--member=serviceAccount:${link.identity}`,
        '--role=ROLE',
      ),
    },
  };
}

function azureAssignments({ link, world }: ChainFacts): Finding {
  const principal = (link.principal as { readonly principalId?: string }).principalId;
  if (principal === undefined)
    return { status: 'unknown', says: 'The object id of the identity was not read, so its role assignments cannot be told.', evidence: [] };
  const count = world.grants.get(principal.toLowerCase()) ?? 0;
  const evidence = [
    { kind: 'AzureIdentity', name: link.identity, pointer: '/properties/principalId', says: `has ${counted(count, 'role assignment')}` },
  ];
  if (count > 0)
    return { status: 'ok', says: `It has ${counted(count, 'role assignment')} that ${count === 1 ? 'was' : 'were'} read.`, evidence };
  return {
    status: 'unknown',
    says: 'No role assignment that was read names it; a group that it is in may still have one.',
    evidence,
    fix: {
      says: 'assign it a role at the scope that its pods need',
      command: command(
        'az',
        'role',
        'assignment',
        'create',
        `--assignee-object-id=${principal}`,
        '--assignee-principal-type=ServicePrincipal',
        '--role=ROLE',
        '--scope=SCOPE',
      ),
    },
  };
}
