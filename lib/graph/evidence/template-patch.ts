import { containerPointer } from '../../access/pod/security-context.ts';
import { isBaselineCapability } from '../../access/pod-security/controls/capabilities-baseline.ts';
import { kubectl } from '../../access/shell.ts';
import type { PodSpec, Workload } from '../../inventory/kubernetes.ts';
import { templatePointer } from '../../inventory/template-pointer.ts';

/** Fields of a pod template that open the node. */
export type TemplateField = 'privileged' | 'hostProcess' | 'capabilities' | 'hostPID' | 'hostIPC' | 'hostNetwork' | 'hostPath';

/** An operation of RFC 6902. */
interface Operation {
  readonly op: 'test' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** Jobs run to their end with the template that they were made with. */
const keepsTemplate = ({ kind }: Workload): boolean => kind === 'Job';

/** Volumes go with every mount of them; later places first, as each removal moves those behind it. */
function withoutVolumes(spec: PodSpec, pointers: readonly string[]): Operation[] {
  const indexes = new Set(pointers.map((pointer) => Number(pointer.split('/')[3])));
  const gone = spec.volumes.filter(({ index }) => indexes.has(index)).sort((a, b) => b.index - a.index);
  const names = new Set(gone.map(({ name }) => name));
  const mounts = spec.containers.flatMap((container) =>
    container.volumeMounts.flatMap(({ volume }, place) =>
      names.has(volume) ? [`${containerPointer(container)}/volumeMounts/${place}`] : [],
    ),
  );
  return [
    ...gone.map(({ index, name }): Operation => ({ op: 'test', path: `/spec/volumes/${index}/name`, value: name })),
    ...mounts.reverse().map((path): Operation => ({ op: 'remove', path })),
    ...gone.map(({ index }): Operation => ({ op: 'remove', path: `/spec/volumes/${index}` })),
  ];
}

/** Capabilities that stay: those about the container's own files, users and ports, which baseline lets in. */
function harmlessCapabilities(spec: PodSpec, pointer: string): readonly string[] {
  const container = spec.containers.find((one) => pointer.startsWith(`${containerPointer(one)}/`));
  const added = container?.securityContext?.capabilitiesAdd ?? [];
  return added.filter((name) => isBaselineCapability(name.toUpperCase().replace(/^CAP_/, '')));
}

function operationsFor(spec: PodSpec, field: TemplateField, pointers: readonly string[]): Operation[] {
  if (field === 'capabilities') return pointers.map((path) => ({ op: 'replace', path, value: harmlessCapabilities(spec, path) }));
  return field === 'hostPath' ? withoutVolumes(spec, pointers) : pointers.map((path) => ({ op: 'replace', path, value: false }));
}

/**
 * The command that changes a field of a controller's template where the pointers (below a pod) say that it opens the node; undefined where none does, or
 * where the template cannot be changed.
 */
export function patchCommand(workload: Workload, field: TemplateField, pointers: readonly string[]): string | undefined {
  const operations = operationsFor(workload.spec, field, [...new Set(pointers)]);
  if (operations.length === 0 || keepsTemplate(workload)) return undefined;
  const patch = operations.map((operation) => ({ ...operation, path: `${templatePointer(workload.kind)}${operation.path}` }));
  const { kind, name, namespace } = workload;
  return kubectl(namespace, 'patch', kind.toLowerCase(), name, '--type=json', '-p', JSON.stringify(patch));
}
