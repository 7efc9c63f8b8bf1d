import type { Gap } from '../gap.ts';
import { FieldReader, isObject, type Malformation, type RawObject } from './field-reader.ts';
import { hash53 } from './gap-id.ts';
import { KindStores } from './kind-stores.ts';
import { readerOf } from './kinds.ts';
import { resourceVersionOf } from './metadata.ts';
import { Pool } from './pool.ts';
import { looksLikeSecretMetadata } from './secret.ts';
import { Siblings } from './siblings.ts';
import { hasStandIn, standInPod } from './stand-in-pod.ts';
import { statusGap } from './status-gap.ts';
import { UnreadControllers } from './unread-controllers.ts';

/** Where an object comes from, for gaps. The hints serve lists whose items do not repeat their kind, as the raw API prints them. */
export interface ObjectOrigin {
  readonly source: Gap['source'];
  readonly file?: string;
  /** JSON pointer of the object in its file, for example `/items/3`. */
  readonly pointer?: string;
  /** Place of its document among those of the file, from 0, and the line where that one begins, from 1. */
  readonly document?: number;
  readonly line?: number;
  readonly kindHint?: string;
  readonly apiVersionHint?: string;
}

/** After so many malformed objects of one kind in one file the rest are only counted. */
const MALFORMED_PER_FILE = 20;

interface MalformedKind {
  count: number;
  readonly kind: string;
  readonly origin: ObjectOrigin;
}

/** Takes Kubernetes objects one by one and keeps what the inventory keeps of them. */
export class ObjectIntake {
  readonly stores = new KindStores();
  /** Uids of the namespace kube-system: two of them are two clusters, because it lives as long as its cluster. */
  readonly clusterUids = new Set<string>();
  readonly #addGap: (gap: Omit<Gap, 'id'>) => void;
  readonly #normalising = { fields: new FieldReader(), pool: new Pool(), siblings: new Siblings() };
  readonly #malformed = new Map<string, MalformedKind>();
  readonly #unread = new UnreadControllers();

  constructor(addGap: (gap: Omit<Gap, 'id'>) => void) {
    this.#addGap = addGap;
  }

  /** Whether the inventory uses objects of this kind. A malformed one adds a gap and is left out; never throws for data. */
  add(object: unknown, origin: ObjectOrigin): boolean {
    if (!isObject(object)) {
      this.#addMalformed({}, origin.kindHint ?? 'object', { origin, malformation: { pointer: '', expected: 'an object' } });
      return false;
    }
    const failure = statusGap(object, origin);
    if (failure !== undefined) this.#addGap(failure);
    const kind = kindOf(object, origin);
    const read = kind === undefined ? undefined : readerOf(kind, groupOf(object, origin));
    if (kind === undefined || read === undefined) return kind !== undefined && this.#addUnread(object, kind, origin);
    const { fields } = this.#normalising;
    fields.reset();
    const keep = read(object, withNameEnd(this.#normalising, object, origin));
    const { malformation } = fields;
    if (kind === 'Namespace') this.#noteClusterUid(object);
    if (malformation === undefined) keep(this.stores);
    else this.#addMalformed(object, kind, { origin, malformation });
    return true;
  }

  /** A kind that is not read: of some controllers the pod that they would make is known, others are told where they make any. */
  #addUnread(object: RawObject, kind: string, origin: ObjectOrigin): boolean {
    const named = { kind, group: groupOf(object, origin) ?? '' };
    if (!hasStandIn(object, named)) {
      this.#unread.add(object, named, origin);
      return false;
    }
    const { fields } = this.#normalising;
    fields.reset();
    const pod = standInPod(object, named, withNameEnd(this.#normalising, object, origin));
    const { malformation } = fields;
    if (malformation === undefined) this.stores.pods.add(pod, resourceVersionOf(object));
    else this.#addMalformed(object, kind, { origin, malformation });
    return true;
  }

  /** Forgets objects as they came, and says how many malformed ones have no gap of their own, and what makes pods and is not read. */
  end(): readonly Omit<Gap, 'id'>[] {
    this.#normalising.siblings.clear();
    const uncounted = [...this.#malformed.values()].filter(({ count }) => count > MALFORMED_PER_FILE).map(uncountedGap);
    return [...uncounted, ...this.#unread.gaps()];
  }

  #noteClusterUid({ metadata }: RawObject): void {
    if (isObject(metadata) && metadata.name === 'kube-system' && typeof metadata.uid === 'string') this.clusterUids.add(metadata.uid);
  }

  #addMalformed(object: RawObject, kind: string, at: { origin: ObjectOrigin; malformation: Malformation }): void {
    const key = JSON.stringify([at.origin.source, at.origin.file, kind]);
    const seen = this.#malformed.get(key) ?? { count: 0, kind, origin: at.origin };
    this.#malformed.set(key, seen);
    seen.count += 1;
    if (seen.count <= MALFORMED_PER_FILE) this.#addGap(malformedGap(object, kind, at));
  }
}

/** The API server completes a `generateName` with five random characters; of a manifest its place in its file says which it is. */
function withNameEnd<Normalising>(
  normalising: Normalising,
  { metadata }: RawObject,
  { file, pointer, document }: ObjectOrigin,
): Normalising {
  if (!isObject(metadata) || typeof metadata.generateName !== 'string' || typeof metadata.name === 'string') return normalising;
  return { ...normalising, nameEnd: hash53(JSON.stringify(document ? [file, pointer, document] : [file, pointer])).slice(0, 5) };
}

/** What the object is; metadata alone does not say, so there the hint or the content does. */
function kindOf(object: RawObject, origin: ObjectOrigin): string | undefined {
  const kind = typeof object.kind === 'string' && object.kind !== '' ? object.kind : origin.kindHint;
  if (kind !== 'PartialObjectMetadata') return kind;
  return origin.kindHint === 'Secret' || looksLikeSecretMetadata(object) ? 'Secret' : undefined;
}

/** The API group of the object, as far as it or the hint says. */
function groupOf(object: RawObject, origin: ObjectOrigin): string | undefined {
  const own = typeof object.apiVersion === 'string' && object.apiVersion !== '' ? object.apiVersion : origin.apiVersionHint;
  if (own === undefined || object.kind === 'PartialObjectMetadata' || own.startsWith('meta.k8s.io/')) return undefined;
  const slash = own.indexOf('/');
  return slash < 0 ? '' : own.slice(0, slash);
}

function malformedGap(
  object: RawObject,
  kind: string,
  { origin, malformation }: { origin: ObjectOrigin; malformation: Malformation },
): Omit<Gap, 'id'> {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const name = [metadata.namespace, metadata.name]
    .filter((part) => typeof part === 'string')
    .join('/')
    .slice(0, 300);
  return {
    source: origin.source,
    what: name === '' ? `a ${kind}` : `${kind} \`${name}\``,
    ...(origin.file === undefined ? {} : { where: origin.file, file: origin.file }),
    ...(origin.line === undefined ? {} : { line: origin.line }),
    why: `malformed: expected ${malformation.expected} at \`${malformation.pointer.slice(0, 300)}\``,
    remedy: 'collect the object again; it was left out',
    pointer: `${origin.pointer ?? ''}${malformation.pointer}`,
  };
}

function uncountedGap({ count, kind, origin }: MalformedKind): Omit<Gap, 'id'> {
  return {
    source: origin.source,
    what: `${count - MALFORMED_PER_FILE} more of kind ${kind}`,
    ...(origin.file === undefined ? {} : { where: origin.file, file: origin.file }),
    why: `malformed: the first ${MALFORMED_PER_FILE} have gaps of their own`,
    remedy: 'collect the objects again; they were left out',
  };
}
