import { referencedSecrets } from '../../access/pod/secret-use.ts';
import { containerPointer, runningContainers } from '../../access/pod/security-context.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import type { Pod, Secret, Volume } from '../../inventory/kubernetes.ts';
import type { Operation } from '../finding-facts/patches.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { referenceRemoval, templateFix } from '../finding-facts/template-fix.ts';
import { defineFinding } from './finding.ts';

/** Names of entries that hold a kubeconfig: kubectl's own, kubeadm's and Cluster API's. */
const isKubeconfigEntry = (key: string): boolean => {
  const name = key.toLowerCase();
  return (
    name === 'kubeconfig' ||
    name.endsWith('.kubeconfig') ||
    name.endsWith('kubeconfig.yaml') ||
    name === 'admin.conf' ||
    name === 'super-admin.conf'
  );
};

/** In a secret that says so by its own name, entries with plain names count too. */
const PLAIN_ENTRIES = new Set(['config', 'value', 'kubeconfig.yml', 'data']);

const holdsKubeconfig = ({ name, keys = [] }: Secret): boolean =>
  keys.some((key) => isKubeconfigEntry(key) || (name.toLowerCase().includes('kubeconfig') && PLAIN_ENTRIES.has(key)));

/** Files of a node that are a kubeconfig with all rights, and the folders that they lie in. Source: kubeadm's and k3s' documentation. */
const NODE_FILES = [
  '/etc/kubernetes/admin.conf',
  '/etc/kubernetes/super-admin.conf',
  '/etc/rancher/k3s/k3s.yaml',
  '/root/.kube',
  '/root/.kube/config',
];

/** What proves it, and how to take it out of the pod. */
interface Carried {
  readonly evidence: Evidence;
  readonly change: Operation;
}

const isNodeFile = ({ hostPath }: Volume): boolean => hostPath !== undefined && NODE_FILES.includes(hostPath.replace(/\/+$/, ''));

/** Secrets to pull images with are the kubelet's: no container sees them. */
const PULLING = '/spec/imagePullSecrets/';

function carriedBy(pod: Pod, secrets: ReadonlySet<string>): readonly Carried[] {
  const files = pod.spec.volumes.filter(isNodeFile).map(
    ({ hostPath, index }): Carried => ({
      evidence: podEvidence(pod, `/spec/volumes/${index}/hostPath/path`, `mounts ${hostPath} of the node`),
      change: { op: 'remove', path: `/spec/volumes/${index}` },
    }),
  );
  const empty = new Set(pod.spec.volumes.flatMap(({ name, source = 'emptyDir' }) => (source === 'emptyDir' ? [name] : [])));
  const mounts = runningContainers(pod.spec).flatMap((container) =>
    container.volumeMounts.flatMap(({ volume, mountPath }, place): Carried[] => {
      if (!/\/\.kube(?:\/config)?\/?$/.test(mountPath) || empty.has(volume)) return [];
      const at = `${containerPointer(container)}/volumeMounts/${place}`;
      return [
        {
          evidence: podEvidence(pod, `${at}/mountPath`, 'has a file where kubectl looks for a kubeconfig'),
          change: { op: 'remove', path: at },
        },
      ];
    }),
  );
  const uses = referencedSecrets(pod.spec)
    .filter(({ secret, pointer }) => !pointer.startsWith(PULLING) && secrets.has(`${pod.namespace}/${secret}`))
    .map(
      ({ secret, pointer }): Carried => ({
        evidence: podEvidence(pod, pointer, `uses secret ${secret}, whose entries are named as those of a kubeconfig`),
        change: referenceRemoval(pointer),
      }),
    );
  return [...files, ...mounts, ...uses];
}

export const kubeconfigInPod = defineFinding({
  id: 'kubeconfig-in-pod',
  title: 'Pods carry a kubeconfig',
  severity: 'medium',
  class: 'hygiene',
  why: 'A kubeconfig is a credential with an end that nobody watches, often of an administrator or of another cluster. Who gets into the pod has it, and so the other cluster.',
  remediation: 'In its own cluster a pod has a service account; for others use an identity of the cloud or short-lived tokens.',
  misses: 'files under other names: secrets are told by the names of their entries, and whose a kubeconfig is stays unknown',
  references: [
    'https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/',
    'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/',
  ],
  prevention: noPolicy('what a secret holds is told by the names of its entries alone; look for new ones again and again'),
  population: workloads,
  *find(world) {
    const secrets = new Set(
      world.inventory.kubernetes.secrets.filter(holdsKubeconfig).map(({ namespace, name }) => `${namespace}/${name}`),
    );
    for (const workload of world.workloads) {
      const [pod] = workload.pods;
      const { kind, namespace, name, node } = workload;
      const carried = carriedBy(pod, secrets);
      const [first, ...rest] = carried.map(({ evidence }) => evidence);
      if (first === undefined) continue;
      const fromNode = pod.spec.volumes.some(isNodeFile);
      yield {
        subject: { kind, namespace, name, node },
        severity: fromNode ? 'high' : 'medium',
        whyHere: fromNode
          ? "the file is the node's own, with all rights where the node is of the control plane"
          : 'whose kubeconfig it is cannot be read from here; values are never read',
        evidence: [first, ...rest],
        fix: templateFix(
          workload,
          `give ${kind} ${name} a service account with what it needs, then take the file out of its template as below, and end the credential where it was made`,
          carried.map(({ change }) => change),
        ),
      };
    }
  },
});
