/** What a snapshot may cost at most. Sizes in bytes. */
export interface SnapshotLimits {
  /** All plain files together. */
  readonly totalBytes: number;
  /** Everything that one archive or compressed file unpacks to. */
  readonly archiveBytes: number;
  /** How many times its packed size an entry may unpack to; judged once it is larger than `ratioFrom`. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Files of a folder, entries of an archive. */
  readonly entries: number;
  /** Folders within folders. */
  readonly folderDepth: number;
  /** One YAML document. */
  readonly yamlDocumentBytes: number;
  /** Brackets within brackets, in JSON that is walked and in YAML. */
  readonly nesting: number;
  /** One JSON value that has to be held whole: an object, or one item of a list. V8 refuses strings above 512 MiB. */
  readonly valueBytes: number;
  /** How much is read at a time. */
  readonly chunkBytes: number;
  /** How much of a list is parsed at a time. */
  readonly batchBytes: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

export const SNAPSHOT_LIMITS: SnapshotLimits = {
  totalBytes: 8 * GiB,
  archiveBytes: 2 * GiB,
  ratio: 200,
  ratioFrom: 10 * MiB,
  entries: 50_000,
  folderDepth: 16,
  yamlDocumentBytes: 64 * MiB,
  nesting: 200,
  valueBytes: 256 * MiB,
  chunkBytes: 4 * MiB,
  batchBytes: 128 * KiB,
};
