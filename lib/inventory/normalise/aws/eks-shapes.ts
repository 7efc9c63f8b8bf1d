import { z } from 'zod';
import { page, text } from './shapes.ts';

/** Shapes of EKS' answers, reduced to what the inventory keeps. Source: https://docs.aws.amazon.com/eks/latest/APIReference/ */

export const describeClusterShape = z.object({
  cluster: z.object({
    name: z.string(),
    arn: z.string(),
    version: text,
    endpoint: text,
    roleArn: text,
    identity: z.object({ oidc: z.object({ issuer: text }).nullish() }).nullish(),
    accessConfig: z.object({ authenticationMode: text }).nullish(),
    computeConfig: z.object({ enabled: z.boolean().nullish() }).nullish(),
    resourcesVpcConfig: z
      .object({ endpointPublicAccess: z.boolean().nullish(), publicAccessCidrs: z.array(z.string()).nullish() })
      .nullish(),
  }),
});

export const describeNodegroupShape = z.object({
  nodegroup: z.object({
    nodegroupArn: z.string(),
    nodegroupName: z.string(),
    clusterName: z.string(),
    nodeRole: text,
    labels: z.unknown().optional(),
    launchTemplate: z.object({ id: text, name: text, version: text }).nullish(),
  }),
});

export const describeAddonShape = z.object({
  addon: z.object({ addonArn: z.string(), addonName: z.string(), clusterName: z.string(), serviceAccountRoleArn: text }),
});

export const describeAccessEntryShape = z.object({
  accessEntry: z.object({
    accessEntryArn: z.string(),
    clusterName: z.string(),
    principalArn: z.string(),
    username: text,
    kubernetesGroups: z.array(z.string()).nullish(),
    type: text,
  }),
});

export const associatedPoliciesShape = z.object({
  clusterName: z.string(),
  principalArn: z.string(),
  associatedAccessPolicies: z.array(
    z.object({
      policyArn: z.string(),
      accessScope: z.object({ type: z.enum(['cluster', 'namespace']), namespaces: z.array(z.string()).nullish() }),
    }),
  ),
  ...page,
});

export const describeAssociationShape = z.object({
  association: z.object({
    associationArn: z.string(),
    clusterName: z.string(),
    namespace: z.string(),
    serviceAccount: z.string(),
    roleArn: z.string(),
    targetRoleArn: text,
    disableSessionTags: z.boolean().nullish(),
    externalId: text,
    policy: z.unknown().optional(),
  }),
});

export const listAssociationsShape = z.object({
  associations: z.array(
    z.object({ associationArn: z.string(), clusterName: z.string(), namespace: z.string(), serviceAccount: z.string() }),
  ),
  ...page,
});

const names = z.array(z.string());
export const listClustersShape = z.object({ clusters: names, ...page });
export const listNodegroupsShape = z.object({ nodegroups: names, ...page });
export const listAddonsShape = z.object({ addons: names, ...page });
export const listAccessEntriesShape = z.object({ accessEntries: names, ...page });
