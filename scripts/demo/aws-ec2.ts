import { ACCOUNT, CLUSTER_NAME } from './company.ts';
import type { JsonObject } from './json.ts';
import { ec2Id } from './naming.ts';
import { NODES, type NodePlan } from './nodes.ts';

function instance(node: NodePlan): JsonObject {
  const profile = 'fernwood-prod-node';
  return {
    InstanceId: ec2Id('i', node.name),
    InstanceType: 'm7i.xlarge',
    PrivateDnsName: node.name,
    PrivateIpAddress: node.address,
    Placement: { AvailabilityZone: node.zone, GroupName: '', Tenancy: 'default' },
    State: { Code: 16, Name: 'running' },
    IamInstanceProfile: { Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/${profile}`, Id: 'AIPAFERNWOODNODE' },
    // One hop: a container with a network of its own is one hop too far away.
    MetadataOptions: { State: 'applied', HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' },
    Tags: [
      { Key: `kubernetes.io/cluster/${CLUSTER_NAME}`, Value: 'owned' },
      { Key: 'eks:nodegroup-name', Value: node.pool },
    ],
  };
}

/** What `aws ec2 describe-instances` answers of the cluster's nodes. */
export function ec2Answers(): ReadonlyMap<string, JsonObject> {
  return new Map([
    ['ec2-describe-instances.json', { Reservations: NODES.map((node) => ({ OwnerId: ACCOUNT, Instances: [instance(node)] })) }],
  ]);
}
