import { describe, expect, it } from 'vitest';
import type { EksCluster } from '../../inventory/aws.ts';
import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { awsAuthGap } from './aws-auth-gap.ts';
import { CLUSTER_ARN, world } from './testing/world.ts';

const gap: Gap = { id: 'g', source: 'snapshot', what: 'configmaps', resources: ['configmaps'], why: 'forbidden', remedy: 'allow it' };

/** An EKS cluster; of what is undefined nothing was read. */
function eks({
  mode,
  awsAuth,
  version,
  arn = CLUSTER_ARN,
  gaps = [],
}: {
  readonly mode?: string;
  readonly awsAuth?: [];
  readonly version?: string;
  readonly arn?: string;
  readonly gaps?: readonly Gap[];
}): Inventory {
  const { cluster, kubernetes, ...rest } = world({});
  const record = { arn, ...(mode === undefined ? {} : { authenticationMode: mode }) } as EksCluster;
  return {
    ...rest,
    cluster: { ...cluster, ...(version === undefined ? {} : { version }) },
    kubernetes: { ...kubernetes, ...(awsAuth === undefined ? {} : { awsAuth }) },
    aws: { ...rest.aws, eksClusters: [record] },
    gaps,
  };
}

describe('aws-auth that was not read', () => {
  it.each<[string, Inventory]>([
    ['with the config map alone', eks({ mode: 'CONFIG_MAP' })],
    ['with access entries as well', eks({ mode: 'API_AND_CONFIG_MAP' })],
    ['in a mode that was not read', eks({})],
    ['where its version alone says that it is EKS', eks({ arn: 'arn:of:another', version: 'v1.33.4-eks-1de2ab1' })],
    ['where secrets were not read', eks({ gaps: [{ ...gap, what: 'secrets', resources: ['secrets'] }] })],
  ])('is missed %s', (_name, inventory) => {
    expect(awsAuthGap(inventory)).toMatchObject({ resources: ['configmaps'], namespaces: ['kube-system'] });
  });

  it.each<[string, Inventory]>([
    ['where it was read and maps nobody', eks({ mode: 'CONFIG_MAP', awsAuth: [] })],
    ['where the cluster does not ask it', eks({ mode: 'API', version: 'v1.33.4-eks-1de2ab1' })],
    ['of a cluster that is not EKS', eks({ arn: 'arn:of:another', version: 'v1.33.4' })],
    ['where another gap says so', eks({ mode: 'CONFIG_MAP', gaps: [gap] })],
  ])('is not missed %s', (_name, inventory) => {
    expect(awsAuthGap(inventory)).toBeUndefined();
  });
});
