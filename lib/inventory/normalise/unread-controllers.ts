import type { Gap } from '../gap.ts';
import { isObject, type RawObject } from './field-reader.ts';
import { makesPods } from './pod-shapes.ts';

/** Kinds and files beyond these are not told. */
const MOST = 100;

interface Unread {
  readonly kind: string;
  readonly group: string;
  readonly source: Gap['source'];
  readonly files: Set<string>;
  /** One text for each object: the same one may come twice. */
  readonly names: Set<string>;
}

/**
 * Manifests of kinds that are not read and whose controllers make pods. What an API server has admitted (it has a uid) is left out: its pods are
 * read beside it.
 */
export class UnreadControllers {
  readonly #found = new Map<string, Unread>();

  add(object: RawObject, named: { readonly kind: string; readonly group: string }, origin: Pick<Gap, 'source' | 'file'>): void {
    const isAdmitted = isObject(object.metadata) && object.metadata.uid !== undefined;
    if (isAdmitted || !makesPods(object, named)) return;
    const key = JSON.stringify([named.kind, named.group]);
    const known = this.#found.get(key) ?? { ...named, source: origin.source, files: new Set(), names: new Set() };
    if (this.#found.size >= MOST && !this.#found.has(key)) return;
    this.#found.set(key, known);
    const { namespace, name, generateName } = isObject(object.metadata) ? object.metadata : {};
    known.names.add(JSON.stringify([namespace, name, generateName]).slice(0, 600));
    if (origin.file !== undefined && known.files.size < MOST) known.files.add(origin.file);
  }

  gaps(): readonly Omit<Gap, 'id'>[] {
    return [...this.#found.values()].map(({ kind, group, source, files, names }) => {
      const [file] = [...files].sort();
      return {
        source,
        what: `${names.size} of kind ${kind.slice(0, 300)} (${group.slice(0, 300)})`,
        ...(file === undefined ? {} : { where: files.size === 1 ? file : `${file} and ${files.size - 1} more`, file }),
        why: 'objects of this kind are not read, and their controllers make pods, which are missing here',
        remedy: 'collect a cluster where they run, or put a Deployment of the same template in their place',
      };
    });
  }
}
