import { ACCOUNT, CLUSTER_ARN, CLUSTER_NAME, ISSUER_HOST_PATH, REGION, roleArn } from './company.ts';
import type { JsonObject } from './json.ts';
import { ec2Id, uid } from './naming.ts';
import { ASSOCIATIONS, type AssociationPlan } from './pod-identity.ts';

const CREATED = '2025-11-19T07:12:44.107000+00:00';

function arn(resource: string): string {
  return `arn:aws:eks:${REGION}:${ACCOUNT}:${resource}`;
}

function cluster(): JsonObject {
  return {
    name: CLUSTER_NAME,
    arn: CLUSTER_ARN,
    createdAt: CREATED,
    version: '1.34',
    endpoint: `https://8F2D41C7A9035BE6D1740C2A9E6B5F38.gr7.${REGION}.eks.amazonaws.com`,
    roleArn: roleArn('fernwood-prod-cluster'),
    resourcesVpcConfig: {
      subnetIds: [ec2Id('subnet', 'a'), ec2Id('subnet', 'b'), ec2Id('subnet', 'c')],
      endpointPublicAccess: false,
      endpointPrivateAccess: true,
      publicAccessCidrs: [],
    },
    kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4' },
    identity: { oidc: { issuer: `https://${ISSUER_HOST_PATH}` } },
    status: 'ACTIVE',
    platformVersion: 'eks.9',
    tags: { environment: 'production' },
    accessConfig: { authenticationMode: 'API' },
  };
}

function associationId(plan: AssociationPlan): string {
  return `a-${uid(`association ${plan.namespace}/${plan.serviceAccount}`).replaceAll('-', '').slice(0, 17)}`;
}

function associationHead(plan: AssociationPlan): JsonObject {
  return { clusterName: CLUSTER_NAME, namespace: plan.namespace, serviceAccount: plan.serviceAccount };
}

function associationNames(plan: AssociationPlan): JsonObject {
  const id = associationId(plan);
  return { associationArn: arn(`podidentityassociation/${CLUSTER_NAME}/${id}`), associationId: id };
}

function association(plan: AssociationPlan): JsonObject {
  return {
    association: {
      ...associationHead(plan),
      roleArn: plan.role,
      ...associationNames(plan),
      tags: {},
      createdAt: CREATED,
      modifiedAt: CREATED,
      disableSessionTags: false,
    },
  };
}

const ADD_ONS: ReadonlyMap<string, string> = new Map([
  ['aws-ebs-csi-driver', 'v1.53.0-eksbuild.1'],
  ['coredns', 'v1.12.4-eksbuild.1'],
  ['eks-pod-identity-agent', 'v1.3.10-eksbuild.1'],
  ['kube-proxy', 'v1.34.1-eksbuild.2'],
  ['vpc-cni', 'v1.20.4-eksbuild.2'],
]);

function addOn(name: string, version: string): JsonObject {
  return {
    addon: {
      addonName: name,
      clusterName: CLUSTER_NAME,
      status: 'ACTIVE',
      addonVersion: version,
      health: { issues: [] },
      addonArn: arn(`addon/${CLUSTER_NAME}/${name}/${uid(`add-on ${name}`)}`),
      createdAt: CREATED,
      modifiedAt: CREATED,
      tags: {},
    },
  };
}

function nodeGroup(name: string, capacityType: string): JsonObject {
  return {
    nodegroup: {
      nodegroupName: name,
      nodegroupArn: arn(`nodegroup/${CLUSTER_NAME}/${name}/${uid(`node group ${name}`)}`),
      clusterName: CLUSTER_NAME,
      version: '1.34',
      createdAt: CREATED,
      modifiedAt: CREATED,
      status: 'ACTIVE',
      capacityType,
      scalingConfig: { minSize: 3, maxSize: 9, desiredSize: 3 },
      instanceTypes: ['m7i.xlarge'],
      amiType: 'AL2023_x86_64_STANDARD',
      nodeRole: roleArn('fernwood-prod-node'),
      labels: {},
      health: { issues: [] },
      tags: {},
    },
  };
}

interface AccessPlan {
  readonly role: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly type: 'STANDARD' | 'EC2_LINUX';
  readonly policy?: string;
}

const ACCESS: readonly AccessPlan[] = [
  { role: 'fernwood-prod-node', username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:nodes'], type: 'EC2_LINUX' },
  {
    role: 'fernwood-platform-admins',
    username: `arn:aws:sts::${ACCOUNT}:assumed-role/fernwood-platform-admins/{{SessionName}}`,
    groups: ['fernwood:platform'],
    type: 'STANDARD',
    policy: 'AmazonEKSClusterAdminPolicy',
  },
  { role: 'fernwood-github-deploy', username: 'github-deploy', groups: ['fernwood:engineering'], type: 'STANDARD' },
];

function accessEntry(plan: AccessPlan): JsonObject {
  return {
    accessEntry: {
      clusterName: CLUSTER_NAME,
      principalArn: roleArn(plan.role),
      kubernetesGroups: plan.groups,
      accessEntryArn: arn(`access-entry/${CLUSTER_NAME}/role/${ACCOUNT}/${plan.role}/${uid(`access ${plan.role}`)}`),
      createdAt: CREATED,
      modifiedAt: CREATED,
      tags: {},
      username: plan.username,
      type: plan.type,
    },
  };
}

function accessPolicies(plan: AccessPlan): JsonObject {
  const policies =
    plan.policy === undefined
      ? []
      : [
          {
            policyArn: `arn:aws:eks::aws:cluster-access-policy/${plan.policy}`,
            accessScope: { type: 'cluster', namespaces: [] },
            associatedAt: CREATED,
            modifiedAt: CREATED,
          },
        ];
  return { clusterName: CLUSTER_NAME, principalArn: roleArn(plan.role), associatedAccessPolicies: policies };
}

type Answer = readonly [path: string, answer: JsonObject];

/** What `aws eks …` answers about the cluster, by path below the account's folder. */
export function eksAnswers(): ReadonlyMap<string, JsonObject> {
  const file = (command: string): string => `${command}.${CLUSTER_NAME}.json`;
  return new Map<string, JsonObject>([
    ['eks-list-clusters.json', { clusters: [CLUSTER_NAME] }],
    [`eks-describe-cluster/${CLUSTER_NAME}.json`, { cluster: cluster() }],
    [file('eks-list-addons'), { addons: [...ADD_ONS.keys()] }],
    ...[...ADD_ONS].map(([name, version]): Answer => [`eks-describe-addon/${name}.json`, addOn(name, version)]),
    [file('eks-list-nodegroups'), { nodegroups: ['apps', 'general'] }],
    ['eks-describe-nodegroup/apps.json', nodeGroup('apps', 'SPOT')],
    ['eks-describe-nodegroup/general.json', nodeGroup('general', 'ON_DEMAND')],
    [file('eks-list-access-entries'), { accessEntries: ACCESS.map((plan) => roleArn(plan.role)) }],
    ...ACCESS.map((plan): Answer => [`eks-describe-access-entry/${plan.role}.json`, accessEntry(plan)]),
    ...ACCESS.map((plan): Answer => [`eks-list-associated-access-policies/${plan.role}.json`, accessPolicies(plan)]),
    [
      file('eks-list-pod-identity-associations'),
      { associations: ASSOCIATIONS.map((plan) => ({ ...associationHead(plan), ...associationNames(plan) })) },
    ],
    ...ASSOCIATIONS.map(
      (plan): Answer => [`eks-describe-pod-identity-association/${plan.namespace}.${plan.serviceAccount}.json`, association(plan)],
    ),
  ]);
}
