import type { AwsAuthMapping } from '../../inventory/aws-auth.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import type { TechniqueId } from '../kinds.ts';
import { techniqueAt } from '../read.ts';
import { ACCOUNT, policy } from './aws-account.ts';

type Json = Record<string, unknown>;

/** More of the made-up account, as the `aws` command prints it. */
export const REGION = 'eu-central-1';
export const CLUSTER = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/test`;
export const userArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;

/** An Allow statement of one action or several. */
export const allow = (actions: string | readonly string[], resource: string | readonly string[] = '*', more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...more,
});

/** Trust of a service, or of an account or a role by its ARN. */
export const trusts = (principal: Json, more: Json = {}): Json => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

export interface UserParts {
  readonly inline?: readonly Json[];
  readonly attached?: readonly string[];
  readonly groups?: readonly string[];
  readonly boundary?: string;
}

/** A user as get-account-authorization-details prints it. */
export const user = (name: string, { inline, attached = [], groups = [], boundary }: UserParts = {}): Json => ({
  Arn: userArn(name),
  UserName: name,
  Path: '/',
  UserPolicyList: inline === undefined ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...inline) }],
  AttachedManagedPolicies: attached.map((arn) => ({ PolicyArn: arn, PolicyName: arn.slice(arn.lastIndexOf('/') + 1) })),
  GroupList: groups,
  Tags: [],
  ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary, PermissionsBoundaryType: 'Policy' } }),
});

/** A group as get-account-authorization-details prints it. */
export const group = (name: string, inline: readonly Json[] = []): Json => ({
  Arn: `arn:aws:iam::${ACCOUNT}:group/${name}`,
  GroupName: name,
  Path: '/',
  GroupPolicyList: inline.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...inline) }],
  AttachedManagedPolicies: [],
});

/** An instance profile of one role, as iam list-instance-profiles prints it. */
export const profiles = (...roles: readonly string[]): Json => ({
  InstanceProfiles: roles.map((arn) => {
    const name = arn.slice(arn.lastIndexOf('/') + 1);
    return {
      Path: '/',
      InstanceProfileName: name,
      Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/${name}`,
      Roles: [{ Arn: arn, RoleName: name, Path: '/' }],
    };
  }),
});

/** An instance as ec2 describe-instances prints it. */
export const instance = (id: string, profile: string | undefined, metadata: Json | undefined = undefined): Json => ({
  Reservations: [
    {
      OwnerId: ACCOUNT,
      Instances: [
        {
          InstanceId: id,
          Placement: { AvailabilityZone: `${REGION}a` },
          ...(profile === undefined ? {} : { IamInstanceProfile: { Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/${profile}` } }),
          ...(metadata === undefined ? {} : { MetadataOptions: metadata }),
        },
      ],
    },
  ],
});

/** A node group as eks describe-nodegroup prints it. */
export const nodegroup = (name: string, nodeRole: string): Json => ({
  nodegroup: {
    nodegroupName: name,
    nodegroupArn: `arn:aws:eks:${REGION}:${ACCOUNT}:nodegroup/test/${name}/1`,
    clusterName: 'test',
    nodeRole,
    labels: {},
  },
});

/** An access entry with its policies, as two answers. */
export function accessEntry(
  fixture: ClusterFixture,
  principalArn: string,
  more: Json = {},
  policies: readonly Json[] = [],
): ClusterFixture {
  const name = principalArn.slice(principalArn.lastIndexOf('/') + 1);
  return fixture
    .aws({
      accessEntry: {
        clusterName: 'test',
        principalArn,
        kubernetesGroups: [],
        accessEntryArn: `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/test/role/${ACCOUNT}/${name}/1`,
        type: 'STANDARD',
        ...more,
      },
    })
    .aws({ clusterName: 'test', principalArn, associatedAccessPolicies: policies }, { file: `${name}.json`, account: ACCOUNT });
}

/** An associated access policy by its short name, in namespaces or in the cluster. */
export const accessPolicy = (name: string, ...namespaces: readonly string[]): Json => ({
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  accessScope: namespaces.length === 0 ? { type: 'cluster', namespaces: [] } : { type: 'namespace', namespaces },
});

/** A node with its instance. */
export const awsNode = (name: string, id: string, labels: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  spec: { providerID: id.startsWith('i-') ? `aws:///${REGION}a/${id}` : id },
});

/** The inventory with entries of aws-auth. */
export function withAwsAuth(inventory: Inventory, mappings: readonly Partial<AwsAuthMapping>[]): Inventory {
  const awsAuth = mappings.map((mapping, index): AwsAuthMapping => ({ list: 'mapRoles', index, identity: '', groups: [], ...mapping }));
  return { ...inventory, kubernetes: { ...inventory.kubernetes, awsAuth } };
}

/** What the edges of one technique hang on, and how they are closed: a line each. */
export function explanationsOf(
  inventory: Inventory,
  technique: TechniqueId,
): { readonly to: string; readonly hangsOn: string; readonly fix: string }[] {
  const graph = buildGraph(inventory);
  return [...Array(graph.edges.count).keys()]
    .filter((edge) => techniqueAt(graph, edge) === technique)
    .map((edge) => {
      const { hangsOn = '', fix } = graph.explain(edge);
      return { to: graph.nodes.ids[graph.edges.to[edge] as number] as string, hangsOn, fix: fix.command ?? '' };
    });
}
