import type { z } from 'zod';
import type { AwsOrigin } from '../aws-origin.ts';
import * as shapes from './eks-shapes.ts';
import { keyOf } from './read-eks-lists.ts';
import { type AwsReader, readDocument, reader, recordArn, stringMapOf } from './reader.ts';
import type { AwsSink } from './sink.ts';

/** What EKS says of one thing: clusters, node groups, add-ons, access entries, Pod Identity associations. */
export const EKS_READERS: readonly AwsReader[] = [
  reader({ keys: ['cluster'], everyday: true, shape: shapes.describeClusterShape, read: readCluster }),
  reader({ keys: ['nodegroup'], everyday: true, shape: shapes.describeNodegroupShape, read: readNodegroup }),
  reader({ keys: ['addon'], everyday: true, shape: shapes.describeAddonShape, read: readAddon }),
  reader({ keys: ['accessEntry'], everyday: true, shape: shapes.describeAccessEntryShape, read: readAccessEntry }),
  reader({ keys: ['association'], everyday: true, shape: shapes.describeAssociationShape, read: readAssociation }),
];

function readCluster({ cluster }: z.output<typeof shapes.describeClusterShape>, { file }: AwsOrigin, sink: AwsSink): void {
  const arn = recordArn(cluster.arn, 'eks cluster', { file, pointer: '/cluster/arn', sink });
  if (arn === undefined) return;
  const { accessConfig, computeConfig, endpoint, resourcesVpcConfig: network, roleArn, version } = cluster;
  const issuer = cluster.identity?.oidc?.issuer;
  sink.described(keyOf('cluster', { account: arn.account, name: cluster.name }));
  sink.record('eksClusters', {
    arn: cluster.arn,
    account: arn.account,
    region: arn.region,
    name: cluster.name,
    ...(issuer == null ? {} : { issuer }),
    ...(version == null ? {} : { version }),
    ...(endpoint == null ? {} : { endpoint }),
    ...(accessConfig?.authenticationMode == null ? {} : { authenticationMode: accessConfig.authenticationMode }),
    ...(computeConfig?.enabled == null ? {} : { autoMode: computeConfig.enabled }),
    ...(roleArn == null ? {} : { roleArn }),
    ...(network?.endpointPublicAccess == null ? {} : { endpointPublicAccess: network.endpointPublicAccess }),
    ...(network?.publicAccessCidrs == null ? {} : { publicAccessCidrs: network.publicAccessCidrs }),
  });
}

function readNodegroup({ nodegroup }: z.output<typeof shapes.describeNodegroupShape>, { file }: AwsOrigin, sink: AwsSink): void {
  const arn = recordArn(nodegroup.nodegroupArn, 'eks nodegroup', { file, pointer: '/nodegroup/nodegroupArn', sink });
  if (arn === undefined) return;
  const { clusterName, launchTemplate, nodegroupName: name, nodeRole } = nodegroup;
  sink.described(keyOf('nodegroup', { account: arn.account, cluster: clusterName, name }));
  sink.record('nodegroups', {
    arn: nodegroup.nodegroupArn,
    account: arn.account,
    region: arn.region,
    clusterName,
    name,
    ...(nodeRole == null ? {} : { nodeRole }),
    labels: stringMapOf(nodegroup.labels),
    ...(launchTemplate == null
      ? {}
      : {
          launchTemplate: {
            ...(launchTemplate.id == null ? {} : { id: launchTemplate.id }),
            ...(launchTemplate.name == null ? {} : { name: launchTemplate.name }),
            ...(launchTemplate.version == null ? {} : { version: launchTemplate.version }),
          },
        }),
  });
}

function readAddon({ addon }: z.output<typeof shapes.describeAddonShape>, { file }: AwsOrigin, sink: AwsSink): void {
  const arn = recordArn(addon.addonArn, 'eks add-on', { file, pointer: '/addon/addonArn', sink });
  if (arn === undefined) return;
  const { clusterName, addonName: name, serviceAccountRoleArn } = addon;
  sink.described(keyOf('addon', { account: arn.account, cluster: clusterName, name }));
  sink.record('addons', {
    arn: addon.addonArn,
    account: arn.account,
    clusterName,
    name,
    ...(serviceAccountRoleArn == null ? {} : { serviceAccountRoleArn }),
  });
}

function readAccessEntry({ accessEntry }: z.output<typeof shapes.describeAccessEntryShape>, { file }: AwsOrigin, sink: AwsSink): void {
  const arn = recordArn(accessEntry.accessEntryArn, 'eks access entry', { file, pointer: '/accessEntry/accessEntryArn', sink });
  if (arn === undefined) return;
  const { clusterName, principalArn, type, username } = accessEntry;
  sink.described(keyOf('access entry', { account: arn.account, cluster: clusterName, name: principalArn }));
  sink.record('accessEntries', {
    arn: accessEntry.accessEntryArn,
    account: arn.account,
    region: arn.region,
    clusterName,
    principalArn,
    ...(username == null ? {} : { username }),
    kubernetesGroups: accessEntry.kubernetesGroups ?? [],
    ...(type == null ? {} : { type }),
  });
}

function readAssociation({ association }: z.output<typeof shapes.describeAssociationShape>, { file }: AwsOrigin, sink: AwsSink): void {
  const { associationArn, clusterName, namespace, serviceAccount } = association;
  const arn = recordArn(associationArn, 'pod identity association', { file, pointer: '/association/associationArn', sink });
  if (arn === undefined) return;
  const { targetRoleArn, externalId, policy } = association;
  const at = { file, pointer: '/association/policy', sink };
  sink.described(associationArn);
  sink.record('podIdentityAssociations', {
    arn: associationArn,
    account: arn.account,
    region: arn.region,
    clusterName,
    namespace,
    serviceAccount,
    roleArn: association.roleArn,
    ...(targetRoleArn == null ? {} : { targetRoleArn }),
    disableSessionTags: association.disableSessionTags ?? false,
    ...(externalId == null ? {} : { externalId }),
    ...(policy == null ? {} : { policy: readDocument(policy, `session policy of ${associationArn}`, at) }),
  });
}
