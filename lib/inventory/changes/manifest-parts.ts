import type { LabelSelector, OwnerReference, StringMap } from '../kubernetes.ts';
import { withoutUndefined } from '../normalise/security-context.ts';
import { objectOf } from './merge-patch.ts';

/** A manifest under construction. */
export type Manifest = { [key: string]: unknown };

/** What every record may have of `.metadata`. */
interface Described {
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly creationTimestamp?: string;
  readonly owner?: OwnerReference;
}

export const mapText = (map: StringMap | undefined): unknown => (map === undefined || map.size === 0 ? undefined : objectOf(map));

/** `.metadata` of a record: what is kept of it. */
export function metadataManifest({ namespace, name, uid, labels, annotations, creationTimestamp, owner }: Described): Manifest {
  return withoutUndefined({
    namespace,
    name,
    uid,
    labels: mapText(labels),
    annotations: mapText(annotations),
    creationTimestamp,
    ownerReferences: owner === undefined ? undefined : [{ ...owner, controller: true }],
  });
}

export function selectorManifest(selector: LabelSelector | undefined): unknown {
  if (selector === undefined) return undefined;
  const { matchLabels, matchExpressions } = selector;
  return withoutUndefined({
    matchLabels: mapText(matchLabels),
    matchExpressions: matchExpressions.length === 0 ? undefined : matchExpressions,
  });
}

/** `namespace/name` of a service, or the host of a URL, as a client configuration. */
export function clientConfigManifest(target: string | undefined): unknown {
  if (target === undefined) return undefined;
  const slash = target.indexOf('/');
  return slash < 0 ? { url: `https://${target}` } : { service: { namespace: target.slice(0, slash), name: target.slice(slash + 1) } };
}

/**
 * Puts a value where a pointer of our own says, making the objects and lists on the way; places of a list that nobody fills are empty objects, so
 * that those that are filled keep their number.
 */
export function put(root: Manifest, pointer: string, value: unknown): void {
  const segments = pointer.slice(1).split('/');
  let here: Manifest | unknown[] = root;
  for (const [depth, segment] of segments.entries()) {
    const next: unknown = depth === segments.length - 1 ? value : /^\d+$/.test(segments[depth + 1] as string) ? [] : {};
    if (Array.isArray(here)) {
      const place = Number(segment);
      while (here.length <= place) here.push({});
      if (depth === segments.length - 1) here[place] = value;
      here = here[place] as Manifest;
    } else {
      if (!Object.hasOwn(here, segment) || depth === segments.length - 1) here[segment] = next;
      here = here[segment] as Manifest | unknown[];
    }
  }
}
