import type { Pod } from '../../inventory/kubernetes.ts';

/** An object and a JSON pointer into it, as evidence names them. */
export interface PodPlace {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pointer: string;
}

/**
 * Where a place of a pod is written: in the pod itself, or, where no such pod was read and its controller would make it, in the
 * controller's template. What the API server fills in is written nowhere before it admits the pod: then the object around it is meant.
 */
export function writtenIn(pod: Pod, pointer: string): PodPlace {
  const { namespace, name, owner, template, uid } = pod;
  if (uid !== undefined) return { kind: 'Pod', namespace, name, pointer };
  if (template === undefined || owner === undefined) return { kind: 'Pod', namespace, name, pointer: writtenPointer(pod, pointer) };
  // A template has no name and no namespace of its own, and belongs to whoever it stands in.
  const isOwners = pointer === '/metadata/name' || pointer === '/metadata/namespace';
  const place = isOwners ? writtenPointer(pod, pointer) : template + placeInTemplate(pod, pointer);
  return { kind: owner.kind, namespace, name: owner.name, pointer: place };
}

/** The pointer, or the one to the object around what a manifest need not say: the account and the namespace `default`. */
export function writtenPointer({ namespace, spec }: { readonly namespace?: string; readonly spec?: Pod['spec'] }, pointer: string): string {
  if (pointer === '/metadata/namespace' && namespace === 'default') return '/metadata';
  return pointer === '/spec/serviceAccountName' && spec?.serviceAccountName === 'default' ? '/spec' : pointer;
}

/** A template has no owners, and without labels it may have no metadata either. */
function placeInTemplate(pod: Pod, pointer: string): string {
  if (pointer.startsWith('/metadata/ownerReferences')) return '';
  return pointer.startsWith('/metadata') && pod.labels.size === 0 ? '' : writtenPointer(pod, pointer);
}
