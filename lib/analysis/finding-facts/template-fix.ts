import { kubectl } from '../../access/shell.ts';
import type { Container } from '../../inventory/kubernetes.ts';
import type { ManifestPatch, RowFix } from '../findings/finding.ts';
import type { LiveWorkload } from './world.ts';
import { type Yaml, yamlOf } from './yaml.ts';

type Spec = { readonly [key: string]: Yaml };

/** Controllers whose template can be changed where they stand; that of a Job cannot, nor can a pod. */
const CHANGEABLE = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'CronJob']);

const inTemplate = (kind: string, spec: Spec): Spec =>
  kind === 'Pod'
    ? { spec }
    : kind === 'CronJob'
      ? { spec: { jobTemplate: { spec: { template: { spec } } } } }
      : { spec: { template: { spec } } };

function apiVersionOf({ kind, record }: LiveWorkload): string | undefined {
  if (kind === 'Pod') return 'v1';
  if (record === undefined) return undefined;
  return record.apiGroup === '' ? 'v1' : `${record.apiGroup}/v1`;
}

/** Changes the pods of a workload: a patch of their template, and the command where the API server takes it. */
export function templateFix(workload: LiveWorkload, says: string, spec: Spec): RowFix {
  const { kind, namespace, name } = workload;
  const apiVersion = apiVersionOf(workload);
  if (apiVersion === undefined) return { says: `${says}, in the object that makes the pods of ${kind} ${name}` };
  const body = inTemplate(kind, spec);
  const patch: ManifestPatch = { target: { apiVersion, kind, namespace, name }, type: 'strategic', yaml: yamlOf(body) };
  if (!CHANGEABLE.has(kind)) return { says: `${says} in its manifest, and make it anew`, patch };
  return {
    says: `${says} in the template of ${kind} ${name}`,
    command: kubectl(namespace, 'patch', kind.toLowerCase(), name, '--type=strategic', '-p', JSON.stringify(body)),
    patch,
  };
}

interface Changes {
  readonly containers: ReadonlyMap<Container, Spec>;
  /** Of the pod itself. */
  readonly pod: Spec;
}

/** Changes of the pod and of some of its containers, which a strategic patch knows by their names; ephemeral containers are in no template. */
export function containersFix(workload: LiveWorkload, says: string, { containers, pod }: Changes): RowFix {
  const lists = new Map<string, Yaml[]>();
  for (const [{ list, name }, change] of containers) {
    if (list === 'ephemeralContainers') continue;
    const known = lists.get(list);
    if (known === undefined) lists.set(list, [{ name, ...change }]);
    else known.push({ name, ...change });
  }
  return templateFix(workload, says, { ...pod, ...Object.fromEntries(lists) });
}
