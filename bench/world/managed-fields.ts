import { CREATED } from './plan.ts';

interface ManagedParts {
  readonly labels: Record<string, unknown>;
  readonly annotations: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  readonly status: Record<string, unknown>;
}

/** The two entries that a running pod has: who made it, and the kubelet's status. A quarter of the bytes here. */
export function managedFields({ labels, annotations, spec, status }: ManagedParts): readonly unknown[] {
  const owner = {
    'f:metadata': {
      'f:annotations': fields(annotations),
      'f:generateName': {},
      'f:labels': fields(labels),
      'f:ownerReferences': {},
    },
  };
  return [
    {
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { ...owner, 'f:spec': fields(shallow(containersOf(spec), 3)) },
      manager: 'kube-controller-manager',
      operation: 'Update',
      time: CREATED,
    },
    {
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:status': fields(shallow({ phase: status.phase, podIP: status.podIP }, 2)),
      },
      manager: 'kubelet',
      operation: 'Update',
      subresource: 'status',
      time: CREATED,
    },
  ];
}

/** Of a spec, what a Deployment's template usually sets. */
const containersOf = (spec: Record<string, unknown>): Record<string, unknown> => ({
  containers: (spec.containers as readonly Record<string, unknown>[]).map(({ name, image }) => ({ name, image })),
  serviceAccountName: spec.serviceAccountName,
});

/** Cuts an object off below a depth: the API server tracks lists as a whole below a point. */
function shallow(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((item) => shallow(item, depth));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shallow(inner, depth - 1)]));
}

/** FieldsV1 of a value: `f:` before a key, `k:` with the key fields before a list's item. */
function fields(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item) => [itemKey(item), { '.': {}, ...fields(item) }]));
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`f:${key}`, fields(inner)]));
}

function itemKey(item: unknown): string {
  if (typeof item !== 'object' || item === null) return `v:${JSON.stringify(item)}`;
  const key = ['name', 'containerPort', 'type', 'ip', 'key'].find((candidate) => candidate in item);
  return key === undefined ? 'i:0' : `k:${JSON.stringify({ [key]: (item as Record<string, unknown>)[key] })}`;
}
