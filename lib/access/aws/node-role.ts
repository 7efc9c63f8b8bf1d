import type { AwsInstance } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import type { CloudEvidence } from '../cloud/link.ts';

/** The role of a node's EC2 instance, how that is known, and what its metadata service lets pods do. */
export interface NodeRole {
  readonly roleArn: string;
  readonly evidence: CloudEvidence;
  /** What the role hangs on; undefined: it is sure. */
  readonly hangsOn?: string;
  /** Undefined: the instance was not read. */
  readonly instance?: AwsInstance;
  readonly instanceId: string;
  /** Where the instance is. */
  readonly region: string;
}

/** Types of access entries that nodes have. Source: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const NODE_ENTRIES: ReadonlySet<string> = new Set(['EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'HYPERPOD_LINUX']);

/** `aws:///eu-west-1a/i-0abc`; zones that are none of a region's own (`us-west-2-lax-1a`) begin with the region's name too. */
const EC2_PROVIDER_ID = /^aws:\/\/\/([a-z]{2,8}(?:-[a-z]{2,12}){1,3}-\d{1,2})[a-z0-9-]{0,30}\/(i-[0-9a-f]{8,40})$/;

/** The EC2 instance behind a node; undefined for Fargate, other clouds and machines of one's own. Format: cloud-provider-aws, `awsnode`. */
export function instanceOf({ providerID }: Pick<Node, 'providerID'>): { readonly region: string; readonly id: string } | undefined {
  const [, region, id] = EC2_PROVIDER_ID.exec(providerID ?? '') ?? [];
  return region === undefined || id === undefined ? undefined : { region, id };
}

/** Nodes of EKS Auto Mode are managed instances: IMDSv2 with a hop limit of 1. Source: https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
const isAutoModeNode = ({ labels }: Pick<Node, 'labels'>): boolean => labels.get('eks.amazonaws.com/compute-type') === 'auto';

/**
 * Finds the role of a node: by its instance and that one's profile, else by its node group, else by the only role that the cluster lets in
 * as nodes, which is a guess and says so. Costs one pass over the account data and a look for each node.
 */
export function nodeRoles({ aws, cluster, kubernetes }: Inventory): (node: Node) => NodeRole | undefined {
  const eks = aws.eksClusters.find(({ arn }) => arn === cluster.eksClusterArn);
  const instances = new Map(aws.instances.map((instance) => [instance.id, instance]));
  const profiles = new Map(aws.instanceProfiles.map((profile) => [profile.arn, profile]));
  const own = aws.nodegroups.filter(
    ({ clusterName, account, region }) => eks !== undefined && clusterName === eks.name && account === eks.account && region === eks.region,
  );
  const nodegroups = new Map(own.map((nodegroup) => [nodegroup.name, nodegroup]));
  const guess = onlyNodeRole({ aws, cluster, kubernetes });

  const byInstance = (instance: AwsInstance): Pick<NodeRole, 'roleArn' | 'evidence'> | undefined => {
    const profile = profiles.get(instance.instanceProfileArn ?? '');
    const [roleArn] = profile?.roleArns ?? [];
    if (profile === undefined || roleArn === undefined) return undefined;
    const says = `instance ${instance.id} has this profile with role ${roleArn}`;
    return { roleArn, evidence: { kind: 'AwsInstanceProfile', name: profile.arn, pointer: '/Roles/0/Arn', says } };
  };
  const byNodegroup = (node: Node): Pick<NodeRole, 'roleArn' | 'evidence'> | undefined => {
    const nodegroup = nodegroups.get(node.labels.get('eks.amazonaws.com/nodegroup') ?? '');
    if (nodegroup?.nodeRole === undefined) return undefined;
    const says = `instances of node group ${nodegroup.name} have role ${nodegroup.nodeRole}`;
    return { roleArn: nodegroup.nodeRole, evidence: { kind: 'EksNodegroup', name: nodegroup.arn, pointer: '/nodegroup/nodeRole', says } };
  };
  return (node) => {
    const ec2 = instanceOf(node);
    if (ec2 === undefined) return undefined;
    const instance = instances.get(ec2.id);
    // An instance that was read and has no profile has no role, whatever its node group says.
    if (instance !== undefined && instance.instanceProfileArn === undefined) return undefined;
    const found = (instance === undefined ? undefined : byInstance(instance)) ?? byNodegroup(node) ?? guess;
    return found === undefined
      ? undefined
      : { ...found, instanceId: ec2.id, region: ec2.region, ...(instance === undefined ? {} : { instance }) };
  };
}

/** The one role that access entries or aws-auth let in as nodes; undefined where there are several or none. */
function onlyNodeRole({
  aws,
  cluster,
  kubernetes,
}: Pick<Inventory, 'aws' | 'cluster' | 'kubernetes'>): Omit<NodeRole, 'instanceId' | 'region'> | undefined {
  const eks = aws.eksClusters.find(({ arn }) => arn === cluster.eksClusterArn);
  const entries = aws.accessEntries.filter(
    ({ type, clusterName, account }) => NODE_ENTRIES.has(type ?? '') && clusterName === eks?.name && account === eks.account,
  );
  const mapped = (kubernetes.awsAuth ?? []).filter(({ list, groups }) => list === 'mapRoles' && groups.includes('system:nodes'));
  const roles = new Set([...entries.map(({ principalArn }) => principalArn), ...mapped.map(({ identity }) => identity)]);
  const [roleArn] = roles;
  if (roles.size !== 1 || roleArn === undefined) return undefined;
  const [entry] = entries;
  const hangsOn = 'the node having the only role that the cluster lets in as nodes: neither its instance nor its node group was read';
  const says = `${roleArn} is the only role that the cluster lets in as nodes`;
  const evidence: CloudEvidence =
    entry === undefined
      ? { kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth', pointer: '/data/mapRoles', says }
      : { kind: 'EksAccessEntry', name: entry.arn, pointer: '/accessEntry/principalArn', says };
  return { roleArn, evidence, hangsOn };
}

/** Whether a pod on its own network reaches the metadata service of its node's instance. */
export interface MetadataReach {
  readonly answer: 'yes' | 'no' | 'conditional';
  /** What shows it: the options of the instance, or that they were not read. */
  readonly because: string;
}

/**
 * Whether the instance's metadata service answers pods that are one network hop away. Version 1 answers whoever asks; version 2 hands its
 * token over as many hops as the hop limit says, and a pod is behind one.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html (PUT response hop limit)
 */
export function metadataReach(node: Node, { instance, instanceId }: Pick<NodeRole, 'instance' | 'instanceId'>): MetadataReach {
  if (instance?.httpEndpoint === 'disabled') return { answer: 'no', because: `the metadata service of ${instanceId} is off` };
  if (instance?.httpTokens === 'optional') return { answer: 'yes', because: `${instanceId} answers IMDSv1, which needs no token` };
  const hops = instance?.httpPutResponseHopLimit;
  if (instance?.httpTokens === 'required' && hops !== undefined) {
    const because = `${instanceId} hands its token over ${hops} ${hops === 1 ? 'hop' : 'hops'} (IMDSv2)`;
    return { answer: hops >= 2 ? 'yes' : 'no', because };
  }
  if (isAutoModeNode(node)) return { answer: 'no', because: 'nodes of EKS Auto Mode hand the token over one hop' };
  const because = `the metadata options of ${instanceId}, which were not read (ec2:DescribeInstances): IMDSv1, or a hop limit of 2 or more`;
  return { answer: 'conditional', because };
}
