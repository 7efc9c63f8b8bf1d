import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { SECRETS_TEMPLATE } from './kubernetes.ts';
import { answerAs, answerAsOrganization } from './testing/aws-answers.ts';
import { answerAsAzure, answerAsGoogle } from './testing/cloud-answers.ts';
import { FakeTools } from './testing/fake-tools.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = new FakeTools();
});
afterEach(() => tools.close());

test('an AWS account with its clusters and its organisation', async () => {
  const account = '111122223333';
  const eks = (kind: string, name: string): string => `arn:aws:eks:eu-west-1:${account}:${kind}/prod/${name}`;
  const at = { clusterName: 'prod' };
  const role = `arn:aws:iam::${account}:role/reader`;
  const statement = (Resource: string) => ({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource }] });
  const details = {
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    RoleDetailList: [
      {
        Arn: role,
        RoleName: 'reader',
        Path: '/',
        AssumeRolePolicyDocument: { Statement: [] },
        RolePolicyList: [{ PolicyName: 'p', PolicyDocument: statement('arn:aws:s3:::assets/*') }],
        AttachedManagedPolicies: [],
      },
    ],
    IsTruncated: false,
  };
  const file = (command: string, json: Readonly<Record<string, unknown>>, resource = '') => ({ command, resource, json });
  answerAs(tools, account, [
    file('sts-get-caller-identity', { Account: account, Arn: `arn:aws:iam::${account}:user/x`, UserId: 'x' }),
    file('iam-get-account-authorization-details', details),
    file('iam-list-open-id-connect-providers', {
      OpenIDConnectProviderList: [{ Arn: `arn:aws:iam::${account}:oidc-provider/oidc.example/id/1` }],
    }),
    file('iam-get-open-id-connect-provider', { Url: 'oidc.example/id/1', ClientIDList: ['sts.amazonaws.com'] }),
    file('iam-list-instance-profiles', { InstanceProfiles: [] }),
    file('eks-describe-cluster', { cluster: { name: 'prod', arn: `arn:aws:eks:eu-west-1:${account}:cluster/prod` } }),
    file('eks-describe-nodegroup', { nodegroup: { ...at, nodegroupName: 'n', nodegroupArn: eks('nodegroup', 'n/1'), nodeRole: role } }),
    file('eks-describe-addon', { addon: { ...at, addonName: 'eks-pod-identity-agent', addonArn: eks('addon', 'a/1') } }),
    file('eks-describe-access-entry', { accessEntry: { ...at, accessEntryArn: eks('access-entry', 'role/x'), principalArn: role } }),
    file('eks-list-associated-access-policies', { ...at, principalArn: role, associatedAccessPolicies: [] }),
    file('eks-describe-pod-identity-association', {
      association: {
        ...at,
        associationArn: eks('podidentityassociation', 'a-1'),
        associationId: 'a-1',
        namespace: 'shop',
        serviceAccount: 'api',
        roleArn: role,
      },
    }),
    file('s3api-get-bucket-policy', { Policy: JSON.stringify(statement('*')) }, 'assets'),
  ]);
  const SCP = { Id: 'p-abcd1234', Name: 'one', Type: 'SERVICE_CONTROL_POLICY' };
  const organization = { Id: 'o-1', MasterAccountId: account };
  answerAsOrganization(tools, [
    file('organizations-describe-organization', { Organization: organization }),
    file('organizations-list-policies', { Policies: [SCP] }),
    file('organizations-describe-policy', { Policy: { PolicySummary: SCP, Content: JSON.stringify(statement('*')) } }, 'one'),
    file('organizations-list-targets-for-policy', { Targets: [{ TargetId: 'r-abcd' }] }, 'one'),
    file('organizations-list-roots', { Roots: [{ Id: 'r-abcd', Name: 'Root' }] }),
    file('organizations-list-accounts', { Accounts: [{ Id: account, Name: 'acme' }] }),
    file('organizations-list-parents', { Parents: [{ Id: 'r-abcd' }] }, account),
  ]);
  expect(tools.run(['aws'], { AWS_REGIONS: 'eu-west-1' }).code).toBe(0);
  expect(tools.unexpected()).toEqual([]);
  const { aws, gaps } = await readSnapshot(tools.folder, { cluster: 'prod' });
  expect(gaps.filter(({ source }) => source === 'aws')).toEqual([]);
  expect(aws.accounts).toEqual([account]);
  expect(aws.oidcProviders[0]?.clientIds).toEqual(['sts.amazonaws.com']);
  expect(aws.podIdentityAssociations.map(({ roleArn }) => roleArn)).toEqual([role]);
  expect(aws.accessEntries.map(({ policies }) => policies)).toEqual([[]]);
  expect([aws.nodegroups.length, aws.addons.length, aws.eksClusters.length]).toEqual([1, 1, 1]);
  expect(aws.resourcePolicies.map(({ arn }) => arn)).toEqual(['arn:aws:s3:::assets']);
  expect(aws.organization?.parents.get(account)).toBe('r-abcd');
  expect(aws.organization?.attachments.get('r-abcd')).toEqual(['p-abcd1234']);
});

test('a project of Google Cloud, with an empty list that says so', async () => {
  const file = (method: string, json: Readonly<Record<string, unknown>>, resource = 'acme-prod') => ({ method, resource, json });
  const binding = { role: 'roles/viewer', members: ['user:a@example.com'] };
  const policy = { etag: 'x', bindings: [binding] };
  const denial = 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2Facme-prod/denypolicies/no-keys';
  answerAsGoogle(
    tools,
    [
      file('cloudresourcemanager.v3.projects.get', { name: 'projects/123456789012', projectId: 'acme-prod', state: 'ACTIVE' }),
      file('cloudresourcemanager.v3.projects.get', { name: 'projects/210987654321', projectId: 'acme-data', state: 'ACTIVE' }, 'acme-data'),
      file('cloudresourcemanager.v3.projects.getIamPolicy', policy),
      file('iam.v1.projects.serviceAccounts.list', {
        accounts: [{ name: 'n', email: 'x@acme-prod.iam.gserviceaccount.com', uniqueId: '1', projectId: 'acme-prod' }],
      }),
      file('iam.v1.projects.serviceAccounts.getIamPolicy', policy, 'x@acme-prod.iam.gserviceaccount.com'),
      file('iam.v2.policies.denypolicies.list', {
        policies: [{ name: denial, kind: 'DenyPolicy', rules: [{ denyRule: { deniedPermissions: ['a/b.c'] } }] }],
      }),
      file('iam.v1.roles.get', { name: 'roles/viewer', title: 'Viewer', includedPermissions: ['a.b.c'] }, 'roles_viewer'),
      file('storage.v1.buckets.getIamPolicy', { ...policy, kind: 'storage#policy', resourceId: 'projects/_/buckets/assets' }, 'assets'),
      file('secretmanager.v1.projects.secrets.getIamPolicy', policy, 'db'),
    ],
    'acme-prod',
  );
  expect(tools.run(['gcp'], { GCP_PROJECTS: 'acme-prod acme-data' }).code).toBe(0);
  const { gcp } = await readSnapshot(tools.folder);
  expect(gcp.projects.map(({ id }) => id)).toEqual(['acme-data', 'acme-prod']);
  expect(gcp.projectsWithServiceAccounts).toEqual(['acme-data', 'acme-prod']);
  expect(gcp.denyPoliciesRead).toEqual(['projects/acme-data', 'projects/acme-prod']);
  expect(gcp.denyPolicies.map(({ rules }) => rules?.length)).toEqual([1]);
  expect(gcp.roles.map(({ name, permissions }) => [name, permissions])).toEqual([['roles/viewer', ['a.b.c']]]);
  expect(gcp.policies.map(({ resource }) => resource).sort()).toEqual([
    'projects/-/serviceAccounts/x@acme-prod.iam.gserviceaccount.com',
    'projects/_/buckets/assets',
    'projects/acme-prod',
    'projects/acme-prod/secrets/db',
  ]);
});

test('a subscription of Azure, with an identity that nobody is federated to', async () => {
  const subscription = '11111111-2222-4333-8444-555555555555';
  const id = `/subscriptions/${subscription}/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-x`;
  const principalId = '0000009a-0000-4000-8000-000000000001';
  const list = (method: string, value: readonly unknown[], resource = '') => ({ method, resource, json: { value } });
  const identity = {
    id,
    name: 'id-x',
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    clientId: 'c',
    principalId,
    tenantId: 't',
  };
  answerAsAzure(tools, [list('managedidentity.2026-05-31.userAssignedIdentities.listBySubscription', [identity])], subscription);
  expect(tools.run(['azure'], { AZURE_SUBSCRIPTIONS: subscription }).code).toBe(0);
  const { azure } = await readSnapshot(tools.folder);
  expect(azure.identities.map(({ name }) => name)).toEqual(['id-x']);
  expect(azure.credentialsRead).toEqual([id]);
  expect(azure.subscriptionsWithAssignments).toEqual([subscription]);
  expect(azure.federatedCredentials).toEqual([]);
});

test('a cluster', async () => {
  const list = (...items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', items });
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: { namespace: 'shop', name: 's', uid: 'u', labels: {}, annotations: {} },
    data: { password: '' },
  };
  tools.answer(
    'kubectl',
    ['get', 'serviceaccounts', '--all-namespaces', '-o', 'json'],
    list({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'shop', name: 'api' } }),
  );
  tools.answer('kubectl', ['get', 'secrets', '--all-namespaces', '-o', `go-template=${SECRETS_TEMPLATE}`], list(secret));
  tools.answer('kubectl', ['get', '--raw', '/.well-known/openid-configuration'], {
    issuer: 'https://issuer.example',
    jwks_uri: 'https://issuer.example/keys',
  });
  expect(tools.run(['kubernetes']).code).toBe(0);
  const { kubernetes, cluster } = await readSnapshot(tools.folder);
  expect(kubernetes.serviceAccounts.map(({ name }) => name)).toEqual(['api']);
  expect(kubernetes.secrets.map(({ keys }) => keys)).toEqual([['password']]);
  expect(cluster.issuer).toBe('https://issuer.example');
});
