import type { FileHandle } from 'node:fs/promises';
import type { Gap } from '../../inventory/gap.ts';
import type { ByteSource } from './byte-source.ts';
import type { SnapshotLimits } from './limits.ts';

/** One file of a snapshot, wherever it lies. */
export interface SnapshotInput {
  /** Relative to the snapshot, with `/`; for an entry of an archive, below the archive's own path. Data: it is never opened. */
  readonly path: string;
  /** Unpacked size in bytes, where known. */
  readonly size?: number;
  /** The file itself, where it lies on disk: a zip archive is read from its end. */
  readonly openFile?: () => Promise<FileHandle>;
  /** The bytes from the start. May be called again, to look for a place in them. */
  open(): Promise<ByteSource>;
}

export type SnapshotGap = Omit<Gap, 'id'>;

/** What reading inputs needs. */
export interface InputContext {
  readonly limits: SnapshotLimits;
  readonly signal?: AbortSignal | undefined;
  /** Told of whatever is not read that should have been. */
  readonly gap: (gap: SnapshotGap) => void;
  /** Told of whatever is not read and need not be. */
  readonly ignored: (path: string) => void;
}

/** A gap for a file as a whole. */
export function fileGap(path: string, why: string, remedy: string): SnapshotGap {
  return { source: 'snapshot', what: `what \`${path}\` holds`, where: path, why, remedy, file: path };
}

/** Why the path of an archive's entry is not taken; undefined: it stays within the archive. */
export function pathProblem(path: string, depth: number): string | undefined {
  if (path === '' || path.includes('\0')) return 'it has no proper name';
  if (path.length > 4096) return 'its name is longer than 4096 characters';
  if (path.startsWith('/') || path.startsWith('\\') || /^[A-Za-z]:/.test(path)) return 'its path is absolute';
  const parts = path.split(/[/\\]/);
  if (parts.includes('..')) return 'its path leaves the archive';
  return parts.length - 1 > depth ? `it lies deeper than ${depth} folders` : undefined;
}

/** Files and folders that are nobody's data. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => (part.startsWith('.') && part !== '.') || part === '__MACOSX');
}
