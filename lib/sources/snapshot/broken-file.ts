import { SourceError } from '../source-error.ts';

/** A file that breaks off or goes wrong at a place. What stood complete before it has been read. */
export class BrokenFile extends SourceError {
  /** 0-based, in the unpacked bytes of the file. */
  readonly offset: number;
  /** What had to stand there, for example `a comma or ]`. Never text of the file: that may be a Secret's. */
  readonly expected: string;

  constructor(offset: number, expected: string) {
    super(`expected ${expected} at byte ${offset}`, { source: 'snapshot', operation: 'read a file' });
    this.name = 'BrokenFile';
    this.offset = offset;
    this.expected = expected;
  }
}

/** What unpacks a file says that it cannot. */
export class BrokenArchive extends SourceError {
  constructor(cause: Error) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message.slice(0, 200);
    super(`its packed data is broken (${code})`, { source: 'snapshot', operation: 'unpack a file', cause });
    this.name = 'BrokenArchive';
  }
}

/** An error of tar-stream, yauzl or zlib as one of ours. They throw plain errors; any other class is nobody's data but a bug. */
export function asBrokenArchive(error: unknown): unknown {
  const isTheirs = error instanceof Error && !(error instanceof SourceError) && error.constructor === Error;
  return isTheirs && !('syscall' in error) ? new BrokenArchive(error) : error;
}

/** A file or archive that would cost more than the limits allow. */
export class TooLarge extends SourceError {
  constructor(message: string) {
    super(message, { source: 'snapshot', operation: 'read a file' });
    this.name = 'TooLarge';
  }
}
