import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../../inventory/inventory.ts';
import {
  annotated,
  association,
  daemonSet,
  listedProvider,
  provider,
  role,
  roleArn,
  STS,
  serviceAccount,
  sub,
  trusts,
} from '../../aws/testing/world.ts';
import { cloudLinks } from '../links.ts';
import type { StepId, StepStatus } from './diagnosis.ts';
import { diagnose } from './testing/diagnose.ts';
import { ACCOUNT, egressPolicy, everything, pod, ROLE, SUBJECT, scene, toAddress, toPods, webhook } from './testing/scene.ts';

const POD_TOKEN = 'pods.eks.amazonaws.com';
const CONTAINER = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
const associatedPod = pod({ audience: POD_TOKEN, envNames: CONTAINER });
const agent = daemonSet('eks-pod-identity-agent');
const agentTrust = trusts(undefined, { Principal: { Service: POD_TOKEN }, Action: ['sts:AssumeRole', 'sts:TagSession'] });
const associated = (more: Parameters<typeof scene>[0] = {}): Inventory =>
  scene({
    account: serviceAccount(ACCOUNT),
    pods: [associatedPod],
    ...more,
    kubernetes: { workloads: [agent], ...more.kubernetes },
    aws: {
      podIdentityAssociations: [association(ACCOUNT, ROLE)],
      roles: [role(ROLE, { trust: agentTrust, attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })],
      ...more.aws,
    },
  });
const trusting = (trust: object | object[], more = {}): Parameters<typeof scene>[0] => ({
  aws: { roles: [role(ROLE, { trust: trust as never, attached: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] })], ...more },
});
const env = (variable: string, secret?: string) => ({
  envNames: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', variable],
  container: {
    secretReferences: secret === undefined ? [] : [{ secret, key: 'k', pointer: '/env/2/valueFrom/secretKeyRef' }],
  },
});
const secret = { namespace: 'shop', labels: new Map(), annotations: new Map() };

interface Row {
  readonly name: string;
  readonly inventory: Inventory;
  readonly failed: StepId;
  readonly says: RegExp;
  readonly command: RegExp;
}

const FAILURES: readonly Row[] = [
  {
    name: 'annotation that is no ARN',
    inventory: scene({ account: annotated(ACCOUNT, 'api') }),
    failed: 'pointer',
    says: /no ARN of an IAM role/,
    command: /^kubectl annotate --overwrite serviceaccount api eks.amazonaws.com\/role-arn=arn:aws:iam::ACCOUNT:role\/NAME -n shop$/,
  },
  {
    name: 'association for a service account that is not there',
    inventory: associated({ account: serviceAccount('shop/other'), pods: [] }),
    failed: 'pointer',
    says: /There is no service account shop\/api/,
    command: /^kubectl create serviceaccount api -n shop$/,
  },
  {
    name: 'pod older than the annotation',
    inventory: scene({ pods: [pod(), pod({ name: 'api-0', audience: undefined, envNames: [] })] }),
    failed: 'token',
    says: /1 of 2 pods holds no token of audience `sts.amazonaws.com`. Other pods have one.*older than the annotation.*falls back to the node's role/,
    command: /^kubectl rollout restart deployment\/api -n shop$/,
  },
  {
    name: 'token without the variables',
    inventory: scene({ pods: [pod({ envNames: [] })] }),
    failed: 'token',
    says: /1 of 1 pod holds no token/,
    command: /rollout restart/,
  },
  {
    name: 'pod that still asks for the role of before',
    inventory: scene({ pods: [pod({ container: { awsRoleArn: roleArn('old') } })] }),
    failed: 'token',
    says: /still asks for `arn:aws:iam::123456789012:role\/old`/,
    command: /rollout restart/,
  },
  {
    name: 'webhook that the pod opts out of',
    inventory: scene({
      pods: [pod({ labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'x' } })],
      kubernetes: {
        webhookConfigurations: [
          webhook('pod-identity-webhook', {
            matchLabels: new Map(),
            matchExpressions: [{ key: 'eks.amazonaws.com/skip-pod-identity-webhook', operator: 'DoesNotExist', values: [] }],
          }),
        ],
      },
    }),
    failed: 'hand-out',
    says: /passes its pods by because of the label eks.amazonaws.com\/skip-pod-identity-webhook/,
    command: /kubectl get pods --show-labels -n shop/,
  },
  {
    name: 'no agent',
    inventory: associated({ kubernetes: { workloads: [daemonSet('other')] } }),
    failed: 'hand-out',
    says: /no DaemonSet eks-pod-identity-agent/,
    command: /^aws eks create-addon --cluster-name=test --addon-name=eks-pod-identity-agent$/,
  },
  {
    name: 'agent that does not run on the pod’s node',
    inventory: associated({
      pods: [
        associatedPod,
        pod({
          name: 'agent',
          audience: undefined,
          pod: {
            namespace: 'kube-system',
            nodeName: 'n2',
            owner: { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'eks-pod-identity-agent' },
          },
        }),
      ],
    }),
    failed: 'hand-out',
    says: /No Pod Identity agent runs on `n1`/,
    command: /--field-selector=spec.nodeName=n1/,
  },
  {
    name: 'Pod Identity on Fargate',
    inventory: associated({ pods: [pod({ audience: POD_TOKEN, envNames: CONTAINER, pod: { nodeName: 'fargate-ip-10' } })] }),
    failed: 'hand-out',
    says: /Fargate/,
    command: /role-arn/,
  },
  {
    name: 'static keys in the environment',
    inventory: scene({ pods: [pod(env('AWS_ACCESS_KEY_ID'))] }),
    failed: 'precedence',
    says: /Container `main` of shop\/api-1 sets AWS_ACCESS_KEY_ID, which an SDK asks before/,
    command: /^kubectl set env deployment\/api --containers=main AWS_ACCESS_KEY_ID- -n shop$/,
  },
  {
    name: 'static keys from a Secret that is there',
    inventory: scene({ pods: [pod(env('AWS_ACCESS_KEY_ID', 'keys'))], kubernetes: { secrets: [{ ...secret, name: 'keys' }] } }),
    failed: 'precedence',
    says: /\(from Secret keys\)/,
    command: /AWS_ACCESS_KEY_ID-/,
  },
  {
    name: 'association of another role beside the annotation',
    inventory: scene({ aws: { podIdentityAssociations: [association(ACCOUNT, roleArn('other'))] }, kubernetes: { workloads: [agent] } }),
    failed: 'precedence',
    says: /A Pod Identity association gives it `arn:aws:iam::123456789012:role\/other`/,
    command: /role-arn- -n shop/,
  },
  {
    name: 'web identity that an SDK asks before Pod Identity',
    inventory: associated({
      pods: [
        pod({ audience: POD_TOKEN, envNames: [...CONTAINER, 'AWS_WEB_IDENTITY_TOKEN_FILE'], container: { awsRoleArn: roleArn('old') } }),
      ],
    }),
    failed: 'precedence',
    says: /sets AWS_WEB_IDENTITY_TOKEN_FILE.*acts as `arn:aws:iam::123456789012:role\/old`/,
    command: /AWS_WEB_IDENTITY_TOKEN_FILE-/,
  },
  {
    name: 'NetworkPolicy that lets pods reach pods alone',
    inventory: scene({ kubernetes: { networkPolicies: [egressPolicy(toPods)] } }),
    failed: 'endpoint',
    says: /1 NetworkPolicy \(egress\) keeps shop\/api-1 from the Security Token Service, port 443/,
    command: /^kubectl patch networkpolicy egress --type=json .*"port":443.* -n shop$/,
  },
  {
    name: 'NetworkPolicy that blocks the agent',
    inventory: associated({ kubernetes: { networkPolicies: [egressPolicy(toAddress('0.0.0.0/0', '169.254.0.0/16'))] } }),
    failed: 'endpoint',
    says: /keeps shop\/api-1 from the Pod Identity agent at 169.254.170.23, port 80/,
    command: /169.254.170.23\/32/,
  },
  {
    name: 'issuer that is not registered',
    inventory: scene({ aws: { oidcProviders: [] } }),
    failed: 'issuer',
    says: /is not registered as an OIDC provider in account 123456789012/,
    command: /^aws iam create-open-id-connect-provider --url=https:\/\/oidc/,
  },
  {
    name: 'audience that is no client id',
    inventory: scene({ aws: { oidcProviders: [provider(undefined, ['other'])] } }),
    failed: 'issuer',
    says: /does not accept the audience `sts.amazonaws.com`/,
    command: /^aws iam add-client-id-to-open-id-connect-provider .*--client-id=sts.amazonaws.com$/,
  },
  {
    name: 'trust policy for another subject',
    inventory: scene(trusting(trusts(sub('StringEquals', 'system:serviceaccount:shop:web')))),
    failed: 'trust',
    says: /No :sub condition of the trust policy matches/,
    command: new RegExp(`^aws iam update-assume-role-policy --role-name=api .*${SUBJECT}`),
  },
  {
    name: 'Deny in the trust policy, which no command takes away blindly',
    inventory: scene(trusting([trusts(), trusts(sub('StringEquals', SUBJECT), { Effect: 'Deny' })])),
    failed: 'trust',
    says: /Deny statement/,
    command: /^aws iam get-role/,
  },
  {
    name: 'association of a role that does not trust EKS',
    inventory: associated({ aws: { roles: [role(ROLE, { trust: trusts(), attached: ['x'] })] } }),
    failed: 'trust',
    says: /does not name pods.eks.amazonaws.com/,
    command: /aws:RequestTag\/kubernetes-service-account/,
  },
  {
    name: 'role that is not there, where one of the same name is',
    inventory: scene({ account: annotated(ACCOUNT, roleArn('team/api')) }),
    failed: 'identity',
    says: /has no role `arn:aws:iam::123456789012:role\/team\/api`/,
    command: /role-arn=arn:aws:iam::123456789012:role\/api -n shop$/,
  },
  {
    name: 'role that is not there at all',
    inventory: scene({ account: annotated(ACCOUNT, roleArn('gone')) }),
    failed: 'identity',
    says: /has no role/,
    command: /^aws iam create-role --role-name=gone/,
  },
  {
    name: 'role without a policy',
    inventory: scene({ aws: { roles: [role(ROLE, { trust: trusts(sub('StringEquals', SUBJECT)) })] } }),
    failed: 'permission',
    says: /no policy at all/,
    command: /^aws iam attach-role-policy --role-name=api/,
  },
];

describe('what fails is named, with the command that mends it', () => {
  test.each(FAILURES)('$name', ({ inventory, failed, says, command }) => {
    const diagnosis = diagnose(inventory, cloudLinks(inventory), ACCOUNT);
    const chain = diagnosis.chains.find(({ state }) => state === 'broken');
    expect(chain?.failed).toBe(failed);
    expect(diagnosis.state).toBe('broken');
    const step = chain?.steps.find(({ id }) => id === failed);
    expect(step?.says).toMatch(says);
    expect(step?.fix?.command).toMatch(command);
    expect(diagnosis.says).toBe(step?.says);
  });
});

const SILENT: readonly { readonly name: string; readonly inventory: Inventory; readonly step: StepId; readonly status: StepStatus }[] = [
  { name: 'two pods with their tokens', inventory: scene({ pods: [pod(), pod({ name: 'api-2' })] }), step: 'token', status: 'ok' },
  { name: 'no pod at all', inventory: scene({ pods: [] }), step: 'token', status: 'skipped' },
  {
    name: 'a pod that has ended',
    inventory: scene({ pods: [pod({ audience: undefined, envNames: [], pod: { phase: 'Succeeded' } })] }),
    step: 'token',
    status: 'skipped',
  },
  {
    name: 'manifests that nobody has admitted',
    inventory: scene({ pods: [(({ uid: _uid, ...manifest }) => manifest)(pod({ audience: undefined, envNames: [] }))] }),
    step: 'token',
    status: 'unknown',
  },
  {
    name: 'no webhook to be seen, but a pod that it served',
    inventory: scene({ kubernetes: { webhookConfigurations: [] } }),
    step: 'hand-out',
    status: 'ok',
  },
  {
    name: 'webhooks that were not read',
    inventory: scene({
      pods: [],
      kubernetes: { webhookConfigurations: [] },
      inventory: { gaps: [{ id: 'g', source: 'snapshot', what: 'mutatingwebhookconfigurations', why: 'not held', remedy: 'add it' }] },
    }),
    step: 'hand-out',
    status: 'unknown',
  },
  { name: 'the agent', inventory: associated(), step: 'hand-out', status: 'ok' },
  { name: 'no DaemonSets read', inventory: associated({ kubernetes: { workloads: [] } }), step: 'hand-out', status: 'unknown' },
  {
    name: 'a key variable of another cloud',
    inventory: scene({ pods: [pod(env('GOOGLE_APPLICATION_CREDENTIALS'))] }),
    step: 'precedence',
    status: 'ok',
  },
  {
    name: 'keys from an optional Secret that is not there',
    inventory: scene({ pods: [pod(env('AWS_ACCESS_KEY_ID', 'keys'))], kubernetes: { secrets: [{ ...secret, name: 'other' }] } }),
    step: 'precedence',
    status: 'ok',
  },
  {
    name: 'keys from a Secret when secrets were not read',
    inventory: scene({ pods: [pod(env('AWS_ACCESS_KEY_ID', 'keys'))] }),
    step: 'precedence',
    status: 'unknown',
  },
  {
    name: 'an association of the same role',
    inventory: scene({ aws: { podIdentityAssociations: [association(ACCOUNT, ROLE)] }, kubernetes: { workloads: [agent] } }),
    step: 'precedence',
    status: 'ok',
  },
  {
    name: 'a policy that lets pods go everywhere',
    inventory: scene({ kubernetes: { networkPolicies: [egressPolicy({ ports: [], peers: [] })] } }),
    step: 'endpoint',
    status: 'ok',
  },
  {
    name: 'a policy for addresses that may be the endpoint',
    inventory: scene({ kubernetes: { networkPolicies: [egressPolicy(toAddress('10.0.0.0/8'))] } }),
    step: 'endpoint',
    status: 'unknown',
  },
  {
    name: 'a policy that leaves a proxy',
    inventory: scene({ pods: [pod(env('HTTPS_PROXY'))], kubernetes: { networkPolicies: [egressPolicy(toPods)] } }),
    step: 'endpoint',
    status: 'unknown',
  },
  {
    name: 'a policy for other pods',
    inventory: scene({
      kubernetes: { networkPolicies: [{ ...egressPolicy(), podSelector: { ...everything, matchLabels: new Map([['app', 'web']]) } }] },
    }),
    step: 'endpoint',
    status: 'ok',
  },
  {
    name: 'policies that a snapshot does not hold',
    inventory: scene({
      kubernetes: { networkPolicies: [] },
      inventory: {
        gaps: [
          { id: 'g', source: 'snapshot', what: '2 lists', resources: ['networkpolicies', 'pods'], why: 'not held', remedy: 'add them' },
        ],
      },
    }),
    step: 'endpoint',
    status: 'unknown',
  },
  { name: 'a cluster without any policy', inventory: scene({ kubernetes: { networkPolicies: [] } }), step: 'endpoint', status: 'ok' },
  {
    name: 'a live cluster whose policies may not be listed',
    inventory: scene({
      kubernetes: { networkPolicies: [] },
      inventory: {
        cluster: { ...scene().cluster, server: 'https://k8s' },
        gaps: [{ id: 'g', source: 'kubernetes', what: 'networkpolicies', why: 'forbidden', remedy: 'grant it' }],
      },
    }),
    step: 'endpoint',
    status: 'unknown',
  },
  {
    name: 'a provider whose audiences were not read',
    inventory: scene({ aws: { oidcProviders: [listedProvider()] } }),
    step: 'issuer',
    status: 'unknown',
  },
  {
    name: 'providers that were not read',
    inventory: scene({ aws: { oidcProviders: [], accountsWithProviders: [] } }),
    step: 'issuer',
    status: 'unknown',
  },
  {
    name: 'a trust policy that hangs on something',
    inventory: scene(trusting(trusts({ ...sub('StringEquals', SUBJECT), IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))),
    step: 'trust',
    status: 'unknown',
  },
  {
    name: 'a role of an account that was not read',
    inventory: scene({ account: annotated(ACCOUNT, roleArn('api', '999999999999')) }),
    step: 'identity',
    status: 'unknown',
  },
  {
    name: 'policies that were not read',
    inventory: scene({ aws: { roles: [role(ROLE, { trust: trusts(), policiesUnknown: true })] } }),
    step: 'permission',
    status: 'unknown',
  },
];

describe('what is in order or not known stays silent', () => {
  test.each(SILENT)('$name', ({ inventory, step, status }) => {
    const diagnosis = diagnose(inventory, cloudLinks(inventory), ACCOUNT);
    expect(diagnosis.chains.flatMap(({ steps }) => steps.filter(({ id }) => id === step).map((one) => one.status))).toContain(status);
    expect(diagnosis.chains.filter(({ failed }) => failed === step)).toEqual([]);
  });

  test('a chain of which everything is in order works', () => {
    const inventory = scene();
    const diagnosis = diagnose(inventory, cloudLinks(inventory), ACCOUNT);
    expect(diagnosis.state).toBe('works');
    expect(diagnosis.chains.map(({ identity, audience, pointed }) => ({ identity, audience, pointed }))).toEqual([
      { identity: ROLE, audience: STS, pointed: true },
    ]);
  });

  test('a service account that nothing points anywhere has no chain, and is told who lets it in all the same', () => {
    const inventory = scene({ account: serviceAccount(ACCOUNT), pods: [] });
    const diagnosis = diagnose(inventory, cloudLinks(inventory), ACCOUNT);
    expect(diagnosis).toMatchObject({ state: 'none', chains: [], total: 0 });
    expect(diagnosis.says).toContain(ROLE);
  });
});
