import { REGION, SERVER_VERSION } from './company.ts';
import type { KubernetesObject } from './json.ts';
import { metadata } from './metadata.ts';
import { ec2Id, uid } from './naming.ts';

export type Pool = 'general' | 'apps';

export interface NodePlan {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly pool: Pool;
}

function plan(pool: Pool, zone: string, address: string): NodePlan {
  return { pool, zone: `${REGION}${zone}`, address, name: `ip-${address.replaceAll('.', '-')}.${REGION}.compute.internal` };
}

/** Platform add-ons run on the general nodes, the company's own software on the apps nodes, DaemonSets on all six. */
export const NODES: readonly NodePlan[] = [
  plan('general', 'a', '10.20.11.37'),
  plan('general', 'b', '10.20.12.84'),
  plan('general', 'c', '10.20.13.152'),
  plan('apps', 'a', '10.20.11.201'),
  plan('apps', 'b', '10.20.12.19'),
  plan('apps', 'c', '10.20.13.66'),
];

function labelsOf(node: NodePlan): { readonly [key: string]: string } {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'eks.amazonaws.com/capacityType': node.pool === 'apps' ? 'SPOT' : 'ON_DEMAND',
    'eks.amazonaws.com/nodegroup': node.pool,
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': node.name,
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': 'm7i.xlarge',
    'topology.kubernetes.io/region': REGION,
    'topology.kubernetes.io/zone': node.zone,
  };
}

function nodeObject(node: NodePlan): KubernetesObject {
  const resources = { cpu: '4', 'ephemeral-storage': '104779756Ki', memory: '15896436Ki', pods: '58' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata('Node', { name: node.name, labels: labelsOf(node), annotations: { 'node.alpha.kubernetes.io/ttl': '0' } }),
    spec: { providerID: `aws:///${node.zone}/${ec2Id('i', node.name)}` },
    status: {
      addresses: [
        { address: node.address, type: 'InternalIP' },
        { address: node.name, type: 'Hostname' },
        { address: node.name, type: 'InternalDNS' },
      ],
      allocatable: resources,
      capacity: resources,
      conditions: [
        {
          lastHeartbeatTime: '2026-11-21T07:58:12Z',
          lastTransitionTime: '2026-11-02T05:11:40Z',
          reason: 'KubeletReady',
          status: 'True',
          type: 'Ready',
        },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: {
        architecture: 'amd64',
        bootID: uid(`boot ${node.name}`),
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: '6.12.46-66.121.amzn2023.x86_64',
        kubeProxyVersion: '',
        kubeletVersion: SERVER_VERSION,
        machineID: uid(`machine ${node.name}`).replaceAll('-', ''),
        operatingSystem: 'linux',
        osImage: 'Amazon Linux 2023.9.20251110',
        systemUUID: uid(`system ${node.name}`),
      },
    },
  };
}

export function nodes(): readonly KubernetesObject[] {
  return NODES.map(nodeObject);
}
