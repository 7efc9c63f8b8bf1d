import { describe, expect, test } from 'vitest';
import { type AzureFederatedCredential, EMPTY_AZURE } from '../../../inventory/azure.ts';
import type { GkeCluster, GkeNodePool } from '../../../inventory/gcp.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import type { Pod } from '../../../inventory/kubernetes.ts';
import { EMPTY_INVENTORY } from '../../../inventory/testing/empty-inventory.ts';
import { serviceAccount } from '../../aws/testing/world.ts';
import type { CloudLink } from '../link.ts';
import type { StepId, StepStatus } from './diagnosis.ts';
import { diagnose } from './testing/diagnose.ts';
import { ACCOUNT, elsewhere, link, pod } from './testing/scene.ts';

const GSA = 'api@shop.iam.gserviceaccount.com';
const SELF = 'https://container.googleapis.com/v1/projects/shop/locations/eu/clusters/one';
const pool = (name: string, metadataMode?: string): GkeNodePool => ({
  name,
  oauthScopes: [],
  ...(metadataMode === undefined ? {} : { metadataMode }),
});
const gke = (more: Partial<GkeCluster> = {}): Partial<Inventory> => ({
  cluster: { gkeSelfLink: SELF },
  gcp: {
    ...EMPTY_INVENTORY.gcp,
    clusters: [
      {
        selfLink: SELF,
        project: 'shop',
        location: 'eu',
        name: 'one',
        workloadPool: 'shop.svc.id.goog',
        nodePools: [pool('new', 'GKE_METADATA')],
        ...more,
      },
    ],
    policies: [{ resource: 'projects/shop', bindings: [{ index: 0, role: 'roles/viewer', members: [`serviceAccount:${GSA}`] }] }],
  },
});
const annotated = serviceAccount(ACCOUNT, { 'iam.gke.io/gcp-service-account': GSA });
const plainPod = (more: Partial<Pod> = {}, spec: Partial<Pod['spec']> = {}): Pod =>
  pod({ audience: undefined, envNames: [], pod: more, spec });
const google = (parts: Partial<CloudLink> = {}): CloudLink =>
  link({ provider: 'gcp', method: 'gke', identity: GSA, audience: 'shop.svc.id.goog', ...parts });

const CLIENT = '0000c1c1-0000-4000-8000-000000000001';
const AUDIENCE = 'api://AzureADTokenExchange';
const AKS = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/one';
const IDENTITY = '/subscriptions/s/resourceGroups/rg-ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-api';
const aks = (enabled: boolean, credentials: readonly Partial<AzureFederatedCredential>[] = []): Partial<Inventory> => ({
  cluster: { aksClusterId: AKS, issuer: 'https://issuer.example.com/' },
  azure: {
    ...EMPTY_AZURE,
    clusters: [{ id: AKS, name: 'one', oidcEnabled: true, workloadIdentityEnabled: enabled }],
    identities: [
      {
        kind: 'managed-identity',
        name: 'id-api',
        clientId: CLIENT,
        principalId: 'p1',
        resourceId: IDENTITY,
      },
    ],
    federatedCredentials: credentials.map((one, place) => ({
      id: `${IDENTITY}/federatedIdentityCredentials/${place}`,
      identity: IDENTITY,
      name: 'shop-api',
      issuer: 'https://issuer.example.com/',
      subject: 'system:serviceaccount:shop:api',
      audiences: [AUDIENCE],
      ...one,
    })),
    roleAssignments: [{ id: 'a', roleDefinitionId: 'r', principalId: 'P1', scope: '/subscriptions/s', listedFor: [] }],
  },
});
const client = serviceAccount(ACCOUNT, { 'azure.workload.identity/client-id': CLIENT });
const labelled = (parts: Parameters<typeof pod>[0] = {}): Pod =>
  pod({ audience: AUDIENCE, envNames: ['AZURE_FEDERATED_TOKEN_FILE'], labels: { 'azure.workload.identity/use': 'true' }, ...parts });
const azure = (parts: Partial<CloudLink> = {}): CloudLink =>
  link({ provider: 'azure', method: 'aks', identity: CLIENT, audience: AUDIENCE, principal: { principalId: 'p1' }, ...parts });

interface Row {
  readonly name: string;
  readonly inventory: Inventory;
  readonly of: CloudLink;
  readonly failed: StepId;
  readonly says: RegExp;
  readonly command: RegExp | undefined;
}

const FAILURES: readonly Row[] = [
  {
    name: 'node pool without GKE metadata',
    inventory: elsewhere(annotated, [plainPod()], gke({ nodePools: [pool('old', 'GCE_METADATA')] })),
    of: google(),
    failed: 'hand-out',
    says: /Node pool `old` does not serve GKE metadata: every pod there acts as the node's service account/,
    command: /^gcloud container node-pools update old --cluster=one --location=eu --project=shop --workload-metadata=GKE_METADATA$/,
  },
  {
    name: 'pod that asks for the old pool, where another one would do',
    inventory: elsewhere(
      annotated,
      [plainPod({}, { nodeSelector: new Map([['cloud.google.com/gke-nodepool', 'old']]) })],
      gke({ nodePools: [pool('new', 'GKE_METADATA'), pool('old')] }),
    ),
    of: google(),
    failed: 'hand-out',
    says: /1 pod there acts/,
    command: /node-pools update old/,
  },
  {
    name: "pod on the host's network",
    inventory: elsewhere(annotated, [plainPod({}, { hostNetwork: true })], gke()),
    of: google(),
    failed: 'hand-out',
    says: /uses the host's network/,
    command: undefined,
  },
  {
    name: 'key file in the environment',
    inventory: elsewhere(annotated, [pod({ audience: undefined, envNames: ['GOOGLE_APPLICATION_CREDENTIALS'] })], gke()),
    of: google(),
    failed: 'precedence',
    says: /sets GOOGLE_APPLICATION_CREDENTIALS/,
    command: /GOOGLE_APPLICATION_CREDENTIALS-/,
  },
  {
    name: 'cluster without a workload pool',
    inventory: elsewhere(annotated, [], gke({ workloadPool: undefined as never, autopilot: true })),
    of: google(),
    failed: 'issuer',
    says: /Workload Identity is off in cluster one/,
    command: /^gcloud container clusters update one .*--workload-pool=shop.svc.id.goog$/,
  },
  {
    name: 'member that names another namespace',
    inventory: elsewhere(annotated, [plainPod()], gke()),
    of: google({ state: 'broken', code: 'member-mismatch', reason: 'The member names namespace payment.' }),
    failed: 'trust',
    says: /names namespace payment/,
    command: /--member=serviceAccount:shop.svc.id.goog\[shop\/api\]/,
  },
  {
    name: 'service account that is disabled',
    inventory: elsewhere(annotated, [plainPod()], gke()),
    of: google({ state: 'broken', code: 'gsa-disabled', reason: 'The service account is disabled.' }),
    failed: 'identity',
    says: /disabled/,
    command: /^gcloud iam service-accounts enable -- api@shop/,
  },
  {
    name: 'email that is none',
    inventory: elsewhere(annotated, [plainPod()], gke()),
    of: google({ state: 'broken', code: 'annotation-malformed', reason: '`x` is no email.' }),
    failed: 'pointer',
    says: /no email/,
    command: /NAME@PROJECT/,
  },
  {
    name: 'pod without the label',
    inventory: elsewhere(client, [labelled({ labels: {} })], aks(true)),
    of: azure(),
    failed: 'token',
    says: /lacks the label azure.workload.identity\/use/,
    command: /^kubectl patch replicaset\/api-abc --type=merge/,
  },
  {
    name: 'labelled pod without a token, while the webhook is off',
    inventory: elsewhere(client, [labelled({ audience: undefined })], aks(false)),
    of: azure(),
    failed: 'token',
    says: /holds no token of audience `api:/,
    command: /delete pod\/api-1/,
  },
  {
    name: 'webhook off, no pods yet',
    inventory: elsewhere(client, [], aks(false)),
    of: azure(),
    failed: 'hand-out',
    says: /Workload identity is off in cluster one/,
    command: /^az aks update --resource-group=rg --name=one --enable-oidc-issuer --enable-workload-identity$/,
  },
  {
    name: 'client secret in the environment',
    inventory: elsewhere(client, [labelled({ envNames: ['AZURE_FEDERATED_TOKEN_FILE', 'AZURE_CLIENT_SECRET'] })], aks(true)),
    of: azure(),
    failed: 'precedence',
    says: /sets AZURE_CLIENT_SECRET/,
    command: /AZURE_CLIENT_SECRET-/,
  },
  {
    name: 'credential of another issuer',
    inventory: elsewhere(client, [labelled()], aks(true)),
    of: azure({ state: 'broken', code: 'issuer-mismatch', reason: 'The issuer is staging.' }),
    failed: 'issuer',
    says: /staging/,
    command:
      /^az identity federated-credential create .*--identity-name=id-api --resource-group=rg-ids --issuer=https:\/\/issuer.example.com\/ --subject=system:serviceaccount:shop:api/,
  },
  {
    name: 'credential for another subject',
    inventory: elsewhere(client, [labelled()], aks(true)),
    of: azure({ state: 'broken', code: 'subject-mismatch', reason: 'The subject is another.' }),
    failed: 'trust',
    says: /another/,
    command: /federated-credential create/,
  },
  {
    name: 'credential for another audience, beside which there can be none of its issuer and subject',
    inventory: elsewhere(client, [labelled()], aks(true, [{ name: 'mine', audiences: ['api://other'] }])),
    of: azure({ state: 'broken', code: 'audience-mismatch', reason: 'The audience is another.' }),
    failed: 'trust',
    says: /another/,
    command: /^az identity federated-credential update --name=mine .*--audiences=api:\/\/AzureADTokenExchange$/,
  },
  {
    name: 'credential of another cluster under the name that this one would have',
    inventory: elsewhere(client, [labelled()], aks(true, [{ issuer: 'https://staging.example.com/' }])),
    of: azure({ state: 'broken', code: 'issuer-mismatch', reason: 'The issuer is staging.' }),
    failed: 'issuer',
    says: /staging/,
    command: /federated-credential create --name=shop-api-2 /,
  },
  {
    name: 'client id that nobody has',
    inventory: elsewhere(client, [labelled()], aks(true)),
    of: azure({ state: 'broken', code: 'client-id-unknown', reason: 'No identity has this client id.' }),
    failed: 'identity',
    says: /client id/,
    command: new RegExp(`clientId=='.*${CLIENT}`),
  },
  {
    name: 'tenant annotation of another tenant',
    inventory: elsewhere(client, [labelled()], aks(true)),
    of: azure({ state: 'broken', code: 'tenant-mismatch', reason: 'The tenant-id annotation is another tenant.' }),
    failed: 'pointer',
    says: /tenant/,
    command: /azure.workload.identity\/tenant-id- -n shop$/,
  },
];

describe('what fails in Google Cloud and Azure is named, with the command that mends it', () => {
  test.each(FAILURES)('$name', ({ inventory, of, failed, says, command }) => {
    const { chains } = diagnose(inventory, [of], ACCOUNT);
    expect(chains.map((chain) => chain.failed)).toEqual([failed]);
    const step = chains[0]?.steps.find(({ id }) => id === failed);
    expect(step?.says).toMatch(says);
    if (command === undefined) expect(step?.fix?.command).toBeUndefined();
    else expect(step?.fix?.command).toMatch(command);
  });
});

const SILENT: readonly {
  readonly name: string;
  readonly inventory: Inventory;
  readonly of: CloudLink;
  readonly step: StepId;
  readonly status: StepStatus;
}[] = [
  {
    name: 'GKE metadata in every pool',
    inventory: elsewhere(annotated, [plainPod()], gke()),
    of: google(),
    step: 'hand-out',
    status: 'ok',
  },
  {
    name: 'Autopilot',
    inventory: elsewhere(annotated, [plainPod()], gke({ autopilot: true, nodePools: [] })),
    of: google(),
    step: 'hand-out',
    status: 'ok',
  },
  {
    name: 'pools that differ, and pods of which nothing says where they run',
    inventory: elsewhere(annotated, [plainPod()], gke({ nodePools: [pool('new', 'GKE_METADATA'), pool('old')] })),
    of: google(),
    step: 'hand-out',
    status: 'unknown',
  },
  { name: 'a cluster that nobody knows', inventory: elsewhere(annotated, [plainPod()]), of: google(), step: 'issuer', status: 'unknown' },
  {
    name: 'no projected token in GKE',
    inventory: elsewhere(annotated, [plainPod()], gke()),
    of: google(),
    step: 'token',
    status: 'skipped',
  },
  { name: 'a role on a project', inventory: elsewhere(annotated, [], gke()), of: google(), step: 'permission', status: 'ok' },
  {
    name: 'no role that was read',
    inventory: elsewhere(annotated, [], { ...gke(), gcp: EMPTY_INVENTORY.gcp }),
    of: google(),
    step: 'permission',
    status: 'unknown',
  },
  {
    name: 'a condition on the time',
    inventory: elsewhere(annotated, [], gke()),
    of: google({ state: 'conditional', code: 'condition-unknown', dependsOn: ['the time'] }),
    step: 'trust',
    status: 'unknown',
  },
  {
    name: 'a labelled pod with its token',
    inventory: elsewhere(client, [labelled()], aks(true)),
    of: azure(),
    step: 'token',
    status: 'ok',
  },
  {
    name: 'an AKS cluster that nobody knows, with the webhook',
    inventory: elsewhere(client, [labelled()]),
    of: azure(),
    step: 'hand-out',
    status: 'ok',
  },
  {
    name: 'a role assignment, ids in another case',
    inventory: elsewhere(client, [], aks(true)),
    of: azure(),
    step: 'permission',
    status: 'ok',
  },
  {
    name: 'a federated token that a pod projects itself',
    inventory: elsewhere(client, [pod({ audience: 'x' })]),
    of: azure({ method: 'federation', audience: 'x' }),
    step: 'hand-out',
    status: 'skipped',
  },
];

describe('what is in order or not known there stays silent', () => {
  test.each(SILENT)('$name', ({ inventory, of, step, status }) => {
    const { chains } = diagnose(inventory, [of], ACCOUNT);
    expect(chains[0]?.steps.find(({ id }) => id === step)?.status).toBe(status);
    expect(chains[0]?.failed).not.toBe(step);
  });

  test('a whole chain works in Azure', () => {
    expect(diagnose(elsewhere(client, [labelled()], aks(true)), [azure()], ACCOUNT)).toMatchObject({ state: 'works', total: 1 });
  });

  test('names that look like options or shell stay words in commands', () => {
    const identity = "--x'; rm -rf /; '";
    const evil = serviceAccount(ACCOUNT, { 'iam.gke.io/gcp-service-account': identity });
    const { chains } = diagnose(elsewhere(evil, []), [google({ identity, state: 'broken', code: 'no-binding' })], ACCOUNT);
    const command = chains[0]?.steps.find(({ id }) => id === 'trust')?.fix?.command ?? '';
    expect(command).toContain(`add-iam-policy-binding 'projects/-/serviceAccounts/--x'\\''; rm -rf /; '\\'''`);
  });
});
