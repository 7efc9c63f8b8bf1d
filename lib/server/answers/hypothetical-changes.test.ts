import { describe, expect, it } from 'vitest';
import {
  assignment,
  azureWorld,
  clientId,
  credential,
  definition,
  identity,
  identityId,
  labelled,
  SUB_SCOPE,
} from '../../access/azure/testing/azure-account.ts';
import { bind, google, gsa, nodePool, short } from '../../access/gcp/testing/google.ts';
import { hypotheticalWorld } from '../../analysis/what-if.ts';
import { buildGraph } from '../../graph/build.ts';
import type { Graph } from '../../graph/model.ts';
import { edgeAt } from '../../graph/read.ts';
import { accountWith, association, federated, managed, policy, role, roleArn, tokenFor } from '../../graph/testing/aws-account.ts';
import { ChangeError } from '../../inventory/changes/change.ts';
import { parseChanges } from '../../inventory/changes/parse-changes.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { awsAuthOf } from '../../sources/aws-auth.ts';
import { changeDocuments } from '../../sources/snapshot/change-documents.ts';

/** Edges as lines, `technique: from → to (certainty)`. */
const linesOf = (graph: Graph): Set<string> =>
  new Set(
    [...Array(graph.edges.count).keys()].map((edge) => {
      const { from, to, technique, certainty } = edgeAt(graph, edge);
      return `${technique}: ${from} → ${to} (${certainty})`;
    }),
  );

/** What a file of changes opens and closes, as somebody at a shell would give it. */
async function tried(inventory: Inventory, file: string | object, path?: string): Promise<{ opened: string[]; closed: string[] }> {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const documents = (await changeDocuments(Buffer.from(text), '`f`')).map((one) => ({ ...one, ...(path === undefined ? {} : { path }) }));
  const graph = buildGraph(inventory);
  const after = hypotheticalWorld({ inventory, graph }, parseChanges(documents, awsAuthOf));
  const [before, now] = [linesOf(graph), linesOf(after.graph)];
  return { opened: [...now].filter((line) => !before.has(line)), closed: [...before].filter((line) => !now.has(line)) };
}

/** A list in which one line is this, or matches it. */
const one = (line: string | RegExp): unknown => expect.arrayContaining([typeof line === 'string' ? line : expect.stringMatching(line)]);

const LABELS = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const kubernetes = (): Inventory =>
  cluster()
    .namespace('shop')
    .serviceAccount('shop/api')
    .clusterRole('cluster-admin', rule('*', '*', '*'))
    .clusterRole('secrets', rule('get', '', 'secrets'))
    .clusterRoleBinding('ops', 'ClusterRole/cluster-admin', sa('shop/api'))
    .role('shop/maker', rule('create', '', 'pods'))
    .roleBinding('shop/maker', 'Role/maker', sa('shop/maker'))
    .serviceAccount('shop/maker')
    .node('n1')
    .secret('shop/db')
    .workload('Deployment', 'shop/web', {
      serviceAccount: 'maker',
      container: { securityContext: { privileged: true } },
      spec: { hostPID: true },
    })
    .pod('shop/web-1', {
      serviceAccount: 'maker',
      container: { securityContext: { privileged: true } },
      spec: { hostPID: true },
      metadata: { labels: { app: 'web' }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }] },
    })
    .service(
      'shop/web',
      { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
      {
        status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } },
      },
    )
    .inventory();

describe('a change of a cluster is tried', () => {
  it.each<[string, string | object, 'opened' | 'closed', RegExp]>([
    [
      'a ClusterRoleBinding is deleted',
      'change: delete\ntarget: { kind: ClusterRoleBinding, name: ops }',
      'closed',
      /^cluster-admin: sa:shop\/api/,
    ],
    [
      'a ClusterRoleBinding is added',
      cluster().clusterRoleBinding('more', 'ClusterRole/cluster-admin', sa('shop/maker')).objects[0] as object,
      'opened',
      /^cluster-admin: sa:shop\/maker/,
    ],
    [
      'the rules of a Role are edited',
      { change: 'patch', target: { kind: 'Role', namespace: 'shop', name: 'maker' }, merge: { rules: [rule('get', '', 'secrets')] } },
      'closed',
      /^pod-create: sa:shop\/maker/,
    ],
    [
      'a namespace gets a label',
      { change: 'patch', target: { kind: 'Namespace', name: 'shop' }, merge: { metadata: { labels: LABELS } } },
      'closed',
      /shop/,
    ],
    [
      'a NetworkPolicy is added',
      cluster().networkPolicy('shop/none', { podSelector: {}, policyTypes: ['Ingress'] }).objects[0] as object,
      'closed',
      /pod:shop\/web-1/,
    ],
    [
      'automount is turned off for an account',
      {
        change: 'patch',
        target: { kind: 'ServiceAccount', namespace: 'shop', name: 'maker' },
        merge: { automountServiceAccountToken: false },
      },
      'closed',
      /^holds-token: pod:shop\/web-1/,
    ],
    [
      "a Deployment's pods lose their privileges",
      {
        change: 'patch',
        target: { kind: 'Deployment', namespace: 'shop', name: 'web' },
        merge: {
          spec: {
            template: { spec: { hostPID: false, containers: [{ name: 'main', image: 'i', securityContext: { privileged: false } }] } },
          },
        },
      },
      'closed',
      /pod:shop\/web-1 → node:n1/,
    ],
    [
      'a webhook is put in the way of pods',
      cluster().webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
        name: 'guard.example.com',
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
        clientConfig: { service: { namespace: 'shop', name: 'web' } },
        failurePolicy: 'Fail',
      }).objects[0] as object,
      'closed',
      /^pod-create: .*\(certain\)/,
    ],
  ])('%s', async (_name, change, which, expected) => {
    const found = await tried(kubernetes(), change);
    expect(found[which]).toEqual(one(expected));
  });
});

const API = roleArn('api');
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const SUBJECT = { StringEquals: { 'oidc.eks.eu-central-1.amazonaws.com/id/TEST:sub': 'system:serviceaccount:shop:api' } };
const PODS = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const aws = (): Inventory =>
  accountWith({
    roles: [role('api', { trust: [federated(SUBJECT), PODS], attached: [ADMIN] }), role('db')],
    policies: [managed(ADMIN, everything)],
    cluster: { accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } },
  })
    .serviceAccount('shop/api', { metadata: { namespace: 'shop', name: 'api', annotations: { 'eks.amazonaws.com/role-arn': API } } })
    .serviceAccount('shop/other')
    .pod('shop/api-1', { serviceAccount: 'api', ...tokenFor('sts.amazonaws.com') })
    .workload('DaemonSet', 'kube-system/eks-pod-identity-agent')
    .aws(association('shop/other', API))
    .awsAuth({ list: 'mapRoles', index: 0, identity: API, username: 'api', groups: ['system:masters'] })
    .inventory();
const awsAuth = (data: object): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'aws-auth' },
  data,
});
const getRole = (...trust: object[]): object => ({
  Role: { Path: '/', RoleName: 'api', Arn: API, AssumeRolePolicyDocument: policy(...(trust as Record<string, unknown>[])) },
});
const IRSA = `assume-aws-role: sa:shop/api → aws-role:${API} (wired)`;
const MASTERS = `aws-auth: aws-role:${API} → group:system:masters (certain)`;
const ASSOCIATION = 'a-shop-other';

const CLIENT = clientId('web');
const ROLE = definition('everything', { actions: ['*'] });
const azure = (): Inventory =>
  azureWorld(
    {
      identities: [identity('web')],
      credentials: { web: [credential('web', 'shop/api')] },
      definitions: [ROLE],
      assignments: [assignment('everything', 'web', SUB_SCOPE)],
    },
    labelled(cluster().serviceAccount('shop/api').serviceAccount('shop/new'), 'shop/p', 'api'),
  );

const ACCOUNT = gsa('api');
const WI = 'roles/iam.workloadIdentityUser';
const gcp = (): Inventory =>
  google()
    .gke([nodePool('own', 'GKE_METADATA')])
    .project(bind('roles/owner', `serviceAccount:${ACCOUNT}`))
    .account('api', bind(WI, short('shop/api')))
    .ksa('shop/api', ACCOUNT)
    .ksa('shop/other')
    .pod('shop/one', { serviceAccount: 'api' })
    .inventory();

describe('a change of a cloud is tried', () => {
  it.each<[string, () => Inventory, string | object, { opened?: string | RegExp; closed?: string | RegExp; path?: string }]>([
    [
      'the annotation that names a role goes',
      aws,
      { change: 'patch', target: { kind: 'ServiceAccount', namespace: 'shop', name: 'api' }, merge: { metadata: { annotations: null } } },
      { closed: IRSA },
    ],
    ['a trust policy is emptied', aws, getRole(), { closed: /^assume-aws-role: sa:shop\/api/ }],
    ['a trust policy is opened', aws, getRole(federated(undefined)), { opened: /^assume-aws-role: .*(?:shop\/other|all-)/ }],
    [
      'a role loses its policies, as get-account-authorization-details prints it',
      aws,
      { RoleDetailList: [role('api', { trust: [federated(SUBJECT), PODS] })] },
      { closed: /^aws-administrator: / },
    ],
    ['aws-auth maps nobody any more', aws, awsAuth({ mapRoles: '[]' }), { closed: MASTERS }],
    [
      'aws-auth maps another role',
      aws,
      awsAuth({ mapRoles: `- rolearn: ${roleArn('db')}\n  username: db\n  groups: [system:masters]\n` }),
      { closed: MASTERS, opened: /aws-auth: aws-role:.*db → group:system:masters/ },
    ],
    [
      'aws-auth is patched',
      aws,
      {
        change: 'patch',
        target: { kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' },
        merge: { data: { mapRoles: `- {rolearn: '${API}', username: api, groups: [dev]}` } },
      },
      { closed: MASTERS, opened: /aws-auth: .* → group:dev/ },
    ],
    [
      'the data of aws-auth is patched away',
      aws,
      { change: 'patch', target: { kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' }, merge: { data: null } },
      { closed: MASTERS },
    ],
    [
      'aws-auth is deleted',
      aws,
      { change: 'delete', target: { kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' } },
      { closed: MASTERS },
    ],
    [
      'a Pod Identity association is deleted by the end of its ARN',
      aws,
      { change: 'delete', target: { kind: 'PodIdentityAssociation', name: ASSOCIATION } },
      { closed: /^pod-identity: sa:shop\/other/ },
    ],
    ['a Pod Identity association is added', aws, association('shop/api', API), { opened: /^pod-identity: sa:shop\/api/ }],
    ['an IAM role is deleted', aws, { change: 'delete', target: { kind: 'IamRole', name: API } }, { closed: /^assume-aws-role: .*wired/ }],
    [
      'the policy of a project, whose file says whose it is',
      gcp,
      { bindings: [], etag: 'B' },
      { closed: /^gcp-administrator: /, path: 'answers/gcloud-projects-get-iam-policy/acme.json' },
    ],
    [
      'the policy of a service account, beside its file',
      gcp,
      { file: `gcloud-iam-service-accounts-get-iam-policy/${ACCOUNT}.json`, answer: { bindings: [bind(WI, short('shop/other'))] } },
      { closed: /^gcp-workload-identity: pod:shop\/one/, opened: /^gcp-workload-identity: sa:shop\/other/ },
    ],
    [
      'a service account of Google is deleted',
      gcp,
      { change: 'delete', target: { kind: 'GcpServiceAccount', name: ACCOUNT } },
      { closed: /^gcp-workload-identity: pod:shop\/one .*wired/ },
    ],
    [
      'a federated credential is deleted, by its id in another case',
      azure,
      {
        change: 'delete',
        target: { kind: 'FederatedCredential', name: `${identityId('web').toUpperCase()}/federatedIdentityCredentials/shop-api` },
      },
      { closed: new RegExp(`pod:shop/p → azure-identity:${CLIENT} \\(wired\\)`) },
    ],
    ['a federated credential is added, as `az` lists it', azure, [credential('web', 'shop/new')], { opened: /shop\/new/ }],
    [
      'a role assignment is deleted',
      azure,
      { change: 'delete', target: { kind: 'RoleAssignment', name: String(assignment('everything', 'web', SUB_SCOPE).id) } },
      { closed: /^azure-administrator: / },
    ],
  ])('%s', async (_name, world, change, { opened, closed, path }) => {
    const found = await tried(world(), change, path);
    if (opened !== undefined) expect(found.opened).toEqual(one(opened));
    if (closed !== undefined) expect(found.closed).toEqual(one(closed));
    expect([opened, closed]).not.toEqual([undefined, undefined]);
  });
});

describe('what cannot be tried is told', () => {
  it.each<[string, () => Inventory, object, string]>([
    [
      'a policy that does not say whose it is',
      gcp,
      { bindings: [], etag: 'B' },
      '{"file": "gcloud-projects-get-iam-policy/PROJECT.json", "answer": …}',
    ],
    [
      'an error in the place of an answer',
      gcp,
      { error: { code: 403, message: 'no', status: 'PERMISSION_DENIED' } },
      'the answer cannot be used',
    ],
    ['a broken trust policy', aws, getRole({ Effect: 'Maybe' }), 'the answer cannot be used'],
    ['a role of nothing', aws, { Role: {} }, 'the answer cannot be used'],
    ['an answer of which nothing is kept', aws, { Buckets: [] }, 'the answer cannot be used'],
    [
      'an association that is not there',
      aws,
      { change: 'delete', target: { kind: 'PodIdentityAssociation', name: 'a-none' } },
      'is not in the data, which has 1',
    ],
    ['the end of several names', azure, { change: 'delete', target: { kind: 'IamRole', name: 'web' } }, 'is not in the data, which has 0'],
    ['a patch of a role', aws, { change: 'patch', target: { kind: 'IamRole', name: API }, merge: {} }, 'what clouds say cannot be patched'],
    ['a broken aws-auth', aws, awsAuth({ mapRoles: 'a: [' }), '`data.mapRoles` of the ConfigMap kube-system/aws-auth: broken YAML'],
    ['entries of aws-auth that name nobody', aws, awsAuth({ mapRoles: '- {username: x}' }), 'name nobody'],
    [
      'a JSON patch of aws-auth',
      aws,
      {
        change: 'patch',
        target: { kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' },
        json: [{ op: 'remove', path: '/data/mapRoles' }],
      },
      'give a `merge` with the whole text of a list',
    ],
    [
      'a merge patch of aws-auth that names none of its lists',
      aws,
      {
        change: 'patch',
        target: { kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' },
        merge: { data: { mapRole: '[]' } },
      },
      'names none of `mapRoles`, `mapUsers`, `mapAccounts`',
    ],
    [
      'an aws-auth without a namespace',
      aws,
      { ...awsAuth({ mapRoles: '[]' }), metadata: { name: 'aws-auth' } },
      'says no namespace; write `namespace: kube-system`',
    ],
    ['an answer of nobody', aws, { answer: { a: 1 } }, 'it lacks `apiVersion` and `kind`'],
    [
      'a kind of Kubernetes that is called like one of a cloud',
      aws,
      { change: 'delete', target: { kind: 'IamRole', apiVersion: 'x.io/v1', name: API } },
      'keeps no objects of this kind',
    ],
  ])('%s', async (_name, world, change, message) => {
    const failed = await tried(world(), change).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ChangeError);
    expect((failed as Error).message).toContain(message);
  });

  it('another ConfigMap of the name changes nothing', async () => {
    const other = { ...awsAuth({ mapRoles: '[]' }), metadata: { namespace: 'shop', name: 'aws-auth' } };
    expect(await tried(aws(), other)).toEqual({ opened: [], closed: [] });
  });
});
