import type { z } from 'zod';
import type { AwsOrigin } from '../aws-origin.ts';
import * as shapes from './eks-shapes.ts';
import { type AwsReader, accountOfArn, homelessGap, isTruncated, reader } from './reader.ts';
import type { AwsSink } from './sink.ts';

/** What EKS lists by name only: each has to be described to be known. */
type ListedKind = 'cluster' | 'nodegroup' | 'addon' | 'access entry';

interface ListedName {
  readonly account: string;
  readonly cluster?: string;
  readonly name: string;
}

/** The key by which a listed name and its description find each other. */
export function keyOf(kind: ListedKind, { account, cluster = '', name }: ListedName): string {
  return JSON.stringify([kind, account, cluster, name]);
}

const DESCRIBE: Record<
  ListedKind,
  { readonly command: string; readonly describe: string; readonly list: string; readonly plural: string }
> = {
  cluster: { command: 'describe-cluster', describe: 'eks:DescribeCluster', list: 'eks:ListClusters', plural: 'eks clusters' },
  nodegroup: { command: 'describe-nodegroup', describe: 'eks:DescribeNodegroup', list: 'eks:ListNodegroups', plural: 'eks nodegroups' },
  addon: { command: 'describe-addon', describe: 'eks:DescribeAddon', list: 'eks:ListAddons', plural: 'eks add-ons' },
  'access entry': {
    command: 'describe-access-entry',
    describe: 'eks:DescribeAccessEntry',
    list: 'eks:ListAccessEntries',
    plural: 'eks access entries',
  },
};

/** EKS' lists, which name things, and list-associated-access-policies, which says what an access entry may do. */
export const EKS_LIST_READERS: readonly AwsReader[] = [
  reader({
    keys: ['clusters'],
    everyday: true,
    shape: shapes.listClustersShape,
    read: (answer, origin, sink) => readNames('cluster', { names: answer.clusters, truncated: isTruncated(answer) }, { origin, sink }),
  }),
  reader({
    keys: ['nodegroups'],
    everyday: true,
    shape: shapes.listNodegroupsShape,
    read: (answer, origin, sink) => readNames('nodegroup', { names: answer.nodegroups, truncated: isTruncated(answer) }, { origin, sink }),
  }),
  reader({
    keys: ['addons'],
    everyday: true,
    shape: shapes.listAddonsShape,
    read: (answer, origin, sink) => readNames('addon', { names: answer.addons, truncated: isTruncated(answer) }, { origin, sink }),
  }),
  reader({
    keys: ['accessEntries'],
    everyday: true,
    shape: shapes.listAccessEntriesShape,
    read: (answer, origin, sink) =>
      readNames('access entry', { names: answer.accessEntries, truncated: isTruncated(answer) }, { origin, sink }),
  }),
  reader({ keys: ['associatedAccessPolicies'], shape: shapes.associatedPoliciesShape, read: readEntryPolicies }),
  reader({ keys: ['associations'], everyday: true, shape: shapes.listAssociationsShape, read: readAssociationList }),
];

/** A list of names says neither its account nor its cluster; without them it cannot be compared with what was described. */
function readNames(
  kind: ListedKind,
  { names, truncated }: { readonly names: readonly string[]; readonly truncated: boolean },
  { origin, sink }: { readonly origin: AwsOrigin; readonly sink: AwsSink },
): void {
  const { account, file, resource } = origin;
  const { command, describe, list, plural } = DESCRIBE[kind];
  // What stands in the path of a list of clusters is their region.
  const cluster = kind === 'cluster' ? undefined : resource;
  if (account === undefined || (kind !== 'cluster' && cluster === undefined)) {
    // Without even a command in the path it may be anybody's list under an everyday word.
    if (origin.command !== undefined) sink.gap(homelessGap(`list of ${plural}`, origin, listPath(kind)));
    return;
  }
  const of = resource === undefined ? {} : { of: `${kind === 'cluster' ? 'region' : 'cluster'} ${resource}` };
  sink.page({ list: plural, ...of, permission: list, file, account, truncated });
  for (const name of names) {
    sink.listed({
      key: keyOf(kind, { account, name, ...(cluster === undefined ? {} : { cluster }) }),
      gap: {
        source: 'aws',
        what: cluster === undefined ? `eks ${kind} ${name}` : `eks ${kind} ${name} of cluster ${cluster}`,
        where: account,
        why: 'the list names it and says nothing more, and it was not described',
        remedy: `add the answer of \`aws eks ${command}\` for it`,
        permission: describe,
        file,
      },
    });
  }
}

function listPath(kind: ListedKind): string {
  if (kind === 'cluster') return 'ACCOUNT/eks-list-clusters.json';
  return `ACCOUNT/eks-list-${kind === 'access entry' ? 'access-entries' : `${kind}s`}.CLUSTER.json`;
}

function readEntryPolicies(answer: z.output<typeof shapes.associatedPoliciesShape>, origin: AwsOrigin, sink: AwsSink): void {
  const { clusterName, principalArn } = answer;
  const account = origin.account === undefined ? {} : { account: origin.account };
  sink.entryPolicies({
    clusterName,
    principalArn,
    ...account,
    policies: answer.associatedAccessPolicies.map(({ policyArn, accessScope }) => ({
      policyArn,
      scope: accessScope.type,
      namespaces: accessScope.namespaces ?? [],
    })),
    file: origin.file,
  });
  sink.page({
    list: `access policies of ${principalArn}`,
    of: `cluster ${clusterName}`,
    permission: 'eks:ListAssociatedAccessPolicies',
    file: origin.file,
    ...account,
    truncated: isTruncated(answer),
  });
}

function readAssociationList(answer: z.output<typeof shapes.listAssociationsShape>, origin: AwsOrigin, sink: AwsSink): void {
  const { file } = origin;
  for (const { associationArn: arn, clusterName, namespace, serviceAccount } of answer.associations) {
    sink.listed({
      key: arn,
      gap: {
        source: 'aws',
        what: `pod identity association of ${namespace}/${serviceAccount} in cluster ${clusterName}`,
        where: arn,
        why: 'the list of associations does not say the role, and the association was not described',
        remedy: 'add the answer of `aws eks describe-pod-identity-association` for it',
        permission: 'eks:DescribePodIdentityAssociation',
        file,
      },
    });
  }
  const [first] = answer.associations;
  const account = (first === undefined ? undefined : accountOfArn(first.associationArn)) ?? origin.account;
  const cluster = first?.clusterName ?? origin.resource;
  sink.page({
    list: 'pod identity associations',
    of: `cluster ${cluster ?? 'unknown'}`,
    permission: 'eks:ListPodIdentityAssociations',
    file,
    truncated: isTruncated(answer),
    ...(account === undefined ? {} : { account }),
  });
}
