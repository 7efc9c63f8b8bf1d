import { referencedSecrets } from '../../access/pod/secret-use.ts';
import { containerPointer, runningContainers } from '../../access/pod/security-context.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import type { Pod, Secret } from '../../inventory/kubernetes.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
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

function evidenceIn(pod: Pod, secrets: ReadonlySet<string>): readonly Evidence[] {
  const files = pod.spec.volumes.flatMap(({ hostPath, index }) =>
    hostPath !== undefined && NODE_FILES.includes(hostPath.replace(/\/+$/, ''))
      ? [podEvidence(pod, `/spec/volumes/${index}/hostPath/path`, `mounts ${hostPath} of the node`)]
      : [],
  );
  const empty = new Set(pod.spec.volumes.flatMap(({ name, source = 'emptyDir' }) => (source === 'emptyDir' ? [name] : [])));
  const mounts = runningContainers(pod.spec).flatMap((container) =>
    container.volumeMounts.flatMap(({ volume, mountPath }, place) =>
      /\/\.kube(?:\/config)?\/?$/.test(mountPath) && !empty.has(volume)
        ? [
            podEvidence(
              pod,
              `${containerPointer(container)}/volumeMounts/${place}/mountPath`,
              `has a file where kubectl looks for a kubeconfig`,
            ),
          ]
        : [],
    ),
  );
  const uses = referencedSecrets(pod.spec)
    .filter(({ secret }) => secrets.has(`${pod.namespace}/${secret}`))
    .map(({ secret, pointer }) => podEvidence(pod, pointer, `uses secret ${secret}, whose entries are named as those of a kubeconfig`));
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
      const {
        kind,
        namespace,
        name,
        node,
        pods: [pod],
      } = workload;
      const [first, ...rest] = evidenceIn(pod, secrets);
      if (first === undefined) continue;
      const fromNode = pod.spec.volumes.some(({ hostPath }) => hostPath !== undefined && NODE_FILES.includes(hostPath.replace(/\/+$/, '')));
      yield {
        subject: { kind, namespace, name, node },
        severity: fromNode ? 'high' : 'medium',
        whyHere: fromNode
          ? "the file is the node's own, with all rights where the node is of the control plane"
          : 'whose kubeconfig it is cannot be read from here; values are never read',
        evidence: [first, ...rest],
        fix: { says: `give ${kind} ${name} a service account with what it needs, and take the file out of its template` },
      };
    }
  },
});
