import { ec2Answers } from './aws-ec2.ts';
import { eksAnswers } from './aws-eks.ts';
import { iamAnswers } from './aws-iam.ts';
import { MANAGEMENT_ACCOUNT, organizationAnswers } from './aws-organization.ts';
import { azureAnswers } from './azure.ts';
import { chains } from './chains.ts';
import { ACCOUNT, DATA_ACCOUNT, ISSUER_HOST_PATH, SERVER_VERSION } from './company.ts';
import { gcpAnswers } from './gcp.ts';
import type { JsonObject, KubernetesObject } from './json.ts';
import { kubernetesObjects } from './objects.ts';
import { printAws, printKubernetes, printList, printRest } from './print.ts';

/**
 * Which file each kind goes into, named as `kubectl get` names the resource. Of those at the end the cluster has none, and its files say so:
 * a list that a snapshot does not hold is not known.
 */
const FILES: ReadonlyMap<string, string> = new Map(
  [
    'Namespace',
    'Node',
    'ServiceAccount',
    'Secret',
    'Role',
    'ClusterRole',
    'RoleBinding',
    'ClusterRoleBinding',
    'Pod',
    'Deployment',
    'ReplicaSet',
    'StatefulSet',
    'DaemonSet',
    'Job',
    'CronJob',
    'NetworkPolicy',
    'MutatingWebhookConfiguration',
    'Service',
    'Ingress',
    'IngressClass',
    'CustomResourceDefinition',
    'ReplicationController',
    'EndpointSlice',
    'PersistentVolumeClaim',
    'PersistentVolume',
    'StorageClass',
    'APIService',
    'ValidatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ].map((kind) => [kind, `${plural(kind.toLowerCase())}.json`]),
);

function plural(kind: string): string {
  if (kind.endsWith('s')) return `${kind}es`;
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

function byKind(objects: readonly KubernetesObject[]): ReadonlyMap<string, readonly KubernetesObject[]> {
  const groups = new Map<string, KubernetesObject[]>([...FILES.keys()].map((kind) => [kind, []]));
  for (const object of objects) {
    const group = groups.get(object.kind);
    if (group === undefined) throw new Error(`no file for kind \`${object.kind}\`: add it to snapshot.ts`);
    group.push(object);
  }
  return groups;
}

function version(): JsonObject {
  const server = {
    buildDate: '2025-11-14T03:12:09Z',
    compiler: 'gc',
    gitCommit: '4f1c9be27a60d38e5b12f7c0a94d6e8350bb7712',
    gitTreeState: 'clean',
    gitVersion: SERVER_VERSION,
    goVersion: 'go1.24.9',
    major: '1',
    minor: '34',
    platform: 'linux/amd64',
  };
  return { clientVersion: { ...server, gitVersion: 'v1.34.2' }, kustomizeVersion: 'v5.7.1', serverVersion: server };
}

/** `kubectl get --raw /.well-known/openid-configuration` prints one line. */
function openIdConfiguration(): string {
  const issuer = `https://${ISSUER_HOST_PATH}`;
  return `${JSON.stringify({ issuer, jwks_uri: `${issuer}/keys`, response_types_supported: ['id_token'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] })}\n`;
}

/**
 * The whole demo: what stands in each file, by path below `demo/`. Depends on nothing but the tables of this folder,
 * so that two runs give the same bytes.
 */
export function demoFiles(): ReadonlyMap<string, string> {
  const objects = kubernetesObjects();
  const files = new Map<string, string>();
  for (const [kind, group] of byKind(objects)) files.set(`kubernetes/${FILES.get(kind)}`, printList(group));
  files.set('kubernetes/openid-configuration.json', openIdConfiguration());
  files.set('kubernetes/version.json', printKubernetes(version()));
  for (const account of [ACCOUNT, DATA_ACCOUNT]) {
    for (const [path, answer] of iamAnswers(account)) files.set(`aws/${account}/${path}`, printAws(answer));
  }
  for (const [path, answer] of ec2Answers()) files.set(`aws/${ACCOUNT}/${path}`, printAws(answer));
  for (const [path, answer] of organizationAnswers()) files.set(`aws/${MANAGEMENT_ACCOUNT}/${path}`, printAws(answer));
  for (const [path, answer] of gcpAnswers()) files.set(`gcp/${path}`, printRest(answer));
  for (const [path, answer] of azureAnswers()) files.set(`azure/${path}`, printRest(answer));
  for (const [path, answer] of eksAnswers()) files.set(`aws/${ACCOUNT}/${path}`, printAws(answer));
  files.set('chains.json', `${JSON.stringify(chains(objects), undefined, 2)}\n`);
  return files;
}
