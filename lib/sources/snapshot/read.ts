import { resolve } from 'node:path';
import { createInventoryBuilder, type InventoryBuilder } from '../../inventory/builder.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { SourceError } from '../source-error.ts';
import { TooLarge } from './broken-file.ts';
import { errorCode, folderInputs } from './folder-inputs.ts';
import { fileGap, type InputContext, type SnapshotGap, type SnapshotInput } from './input.ts';
import { SNAPSHOT_LIMITS, type SnapshotLimits } from './limits.ts';
import { missingListsGaps } from './missing-lists.ts';
import { readDataFile } from './read-file.ts';
import { SeenLists } from './seen-lists.ts';
import { tarInputs } from './tar-inputs.ts';
import { containerOf, gunzipped, sniff } from './unpack.ts';
import { zipInputs } from './zip-inputs.ts';

export interface SnapshotOptions {
  /** Name, ARN, selfLink, resource id or OIDC issuer of the cluster that the Kubernetes files are of. */
  readonly cluster?: string;
  /** The time at which the world is judged (ISO 8601), see `Inventory.asOf`. */
  readonly asOf?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { what: string; count: number; total?: number }) => void;
  readonly limits?: Partial<SnapshotLimits>;
}

/** How many objects of a list are read between two reports. */
const TELL_EVERY = 1000;

/**
 * Reads a snapshot: a folder, a file, or an archive (.tar, .tar.gz, .zip) of what kubectl and aws print. What cannot be
 * read is a gap of the inventory. Throws a `SourceError` where the path cannot be opened or holds nothing usable, and
 * whatever reason `signal` gives.
 */
export async function readSnapshot(path: string, options: SnapshotOptions = {}): Promise<Inventory> {
  const builder = createInventoryBuilder();
  await readSnapshotInto(builder, path, options);
  const { cluster, asOf } = options;
  return builder.finish({ ...(cluster === undefined ? {} : { cluster }), ...(asOf === undefined ? {} : { asOf }) });
}

/** The same for a `builder` that others fill too; whoever finishes it says which cluster the files are of. */
export async function readSnapshotInto(
  builder: InventoryBuilder,
  path: string,
  options: Omit<SnapshotOptions, 'cluster'> = {},
): Promise<void> {
  const reading = new SnapshotReading(builder, path, options);
  await reading.readAll();
  reading.assertUsable();
  reading.addMissing();
  builder.hintCluster({ path: resolve(path) });
}

/** One reading of one snapshot: what has been found so far. */
class SnapshotReading {
  readonly #path: string;
  readonly #options: Omit<SnapshotOptions, 'cluster'>;
  readonly #builder: InventoryBuilder;
  readonly #gaps: SnapshotGap[] = [];
  readonly #seen = new SeenLists();
  readonly #context: InputContext;
  #files = 0;
  #ignored = 0;
  #usable = 0;
  #objects = 0;

  constructor(builder: InventoryBuilder, path: string, options: Omit<SnapshotOptions, 'cluster'>) {
    this.#builder = builder;
    this.#path = path;
    this.#options = options;
    this.#context = {
      limits: { ...SNAPSHOT_LIMITS, ...options.limits },
      signal: options.signal,
      gap: (gap) => {
        this.#gaps.push(gap);
        this.#builder.addGap(gap);
      },
      ignored: () => {
        this.#ignored++;
      },
    };
  }

  async readAll(): Promise<void> {
    try {
      for await (const input of folderInputs(this.#path, this.#context)) await this.#guarded(input, () => this.#read(input));
    } catch (error) {
      if (error instanceof TooLarge) this.#context.gap(fileGap(this.#path, error.message, 'put less into the snapshot'));
      else throw this.#unreadable(error);
    }
  }

  assertUsable(): void {
    if (this.#usable > 0) return;
    const reasons = [...new Set(this.#gaps.map((gap) => `\`${gap.where ?? gap.file}\`: ${gap.why}`))].slice(0, 5);
    const seen =
      reasons.length > 0
        ? reasons.join('; ')
        : `${this.#files} data files and ${this.#ignored} others, and none is of a kind that is known`;
    throw new SourceError(
      `nothing usable in \`${this.#path}\` (${seen}); give what \`kubectl get … -A -o json\` and \`aws iam get-account-authorization-details\` print`,
      {
        source: 'snapshot',
        operation: `read ${this.#path}`,
      },
    );
  }

  /** Says which lists the snapshot does not hold: that is not the same as a cluster that has none. */
  addMissing(): void {
    for (const gap of missingListsGaps(this.#seen)) this.#builder.addGap(gap);
  }

  /** Reads one input, whatever it is packed in. Compressed once more within an archive is fine; an archive in an archive is not. */
  async #read(packed: SnapshotInput, isEntry = false): Promise<void> {
    const { head, input, discard } = await sniff(packed);
    try {
      const container = containerOf(head);
      if (container === 'none') return await this.#readData(input, head);
      if (container === 'gzip') return await this.#readGzip(input, isEntry);
      if (isEntry) return this.#context.gap(fileGap(input.path, 'it is an archive within an archive', 'unpack it'));
      return await (container === 'tar' ? this.#readEntries(tarInputs(input, this.#context)) : this.#readZip(input));
    } finally {
      await discard();
    }
  }

  async #readGzip(packed: SnapshotInput, isEntry: boolean): Promise<void> {
    const { head, input, discard } = await sniff(gunzipped(packed, this.#context));
    try {
      const container = containerOf(head);
      if (container === 'none') return await this.#readData(input, head);
      if (container === 'tar' && !isEntry) return await this.#readEntries(tarInputs(input, this.#context));
      return this.#context.gap(fileGap(input.path, 'it is packed more than once', 'unpack it'));
    } finally {
      await discard();
    }
  }

  async #readZip(input: SnapshotInput): Promise<void> {
    const handle = await input.openFile?.();
    if (handle === undefined) return this.#context.gap(fileGap(input.path, 'a zip archive has to be a file of its own', 'unpack it'));
    try {
      await this.#readEntries(zipInputs(input, handle, this.#context));
    } finally {
      await handle.close();
    }
  }

  async #readEntries(entries: AsyncIterable<SnapshotInput>): Promise<void> {
    for await (const entry of entries) await this.#guarded(entry, () => this.#read(entry, true));
  }

  async #readData(input: SnapshotInput, head: Buffer): Promise<void> {
    const ignored = this.#ignored;
    const tally = await readDataFile(input, head, {
      ...this.#context,
      builder: this.#builder,
      seen: this.#seen,
      fullPath: resolve(this.#path, input.path),
      onObjects: (count) => this.#countObjects(count),
    });
    this.#usable += tally.used + tally.lists;
    if (this.#ignored === ignored) this.#files++;
    this.#options.onProgress?.({ what: 'files', count: this.#files });
  }

  #countObjects(count: number): void {
    const before = this.#objects;
    this.#objects += count;
    const isWorthTelling = Math.floor(before / TELL_EVERY) < Math.floor(this.#objects / TELL_EVERY);
    if (isWorthTelling) this.#options.onProgress?.({ what: 'objects', count: this.#objects });
  }

  /** One file that cannot be read does not stop the others. */
  async #guarded(input: SnapshotInput, read: () => Promise<void>): Promise<void> {
    this.#seen.begin(input.path);
    try {
      await read();
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      const gap = fileGap(input.path, failureOf(error), 'check that the file is whole and may be read');
      this.#context.gap({ ...gap, ...this.#seen.cutShort(input.path) });
    }
  }

  #unreadable(error: unknown): unknown {
    this.#options.signal?.throwIfAborted();
    if (!(error instanceof Error && 'code' in error)) return error;
    const operation = `read ${this.#path}`;
    const why = error.code === 'ENOENT' ? 'there is no such file or folder' : `it cannot be read (${errorCode(error)})`;
    return new SourceError(`cannot read \`${this.#path}\`: ${why}; give a folder, a file or an archive`, {
      source: 'snapshot',
      operation,
      cause: error,
    });
  }
}

/** What to say of a failure to read; throws what is no failure of the file but of ours. */
function failureOf(error: unknown): string {
  return error instanceof SourceError ? error.message : `it cannot be read (${errorCode(error)})`;
}
