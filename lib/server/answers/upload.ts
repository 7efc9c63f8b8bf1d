import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Status } from '../../api/contract.ts';
import { SourceError } from '../../sources/source-error.ts';
import { Refused } from '../problem.ts';
import { loadUpload, status } from '../store.ts';

/** The largest file that may be sent; larger ones are read from disk with `--snapshot`. */
const MOST_BYTES = 512 * 1024 * 1024;
const ENDINGS = ['.tar.gz', '.tgz', '.tar', '.zip', '.json.gz', '.yaml.gz', '.yml.gz', '.json', '.yaml', '.yml', '.jsonl', '.gz'];

/** The name that the browser gave, for the screen; on disk it keeps only harmless letters and its ending, which says how to read it. */
function nameOf(header: string | null): { shown: string; onDisk: string } {
  let shown = 'snapshot.json';
  try {
    shown = decodeURIComponent(header ?? shown).slice(0, 200);
  } catch {
    throw new Refused(400, 'Not understood', 'the header X-File-Name is not URL-encoded; encode the name with encodeURIComponent');
  }
  const ending = ENDINGS.find((one) => shown.toLowerCase().endsWith(one));
  if (ending === undefined) throw new Refused(415, 'Not a snapshot', `\`${shown}\` does not end in ${ENDINGS.join(', ')}`);
  const harmless = shown
    .slice(0, -ending.length)
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 80);
  return { shown, onDisk: `${harmless === '' ? 'upload' : harmless}${ending}` };
}

function bounded(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES)
        done(
          new Refused(
            413,
            'Too large',
            `the file has more than ${MOST_BYTES / 1024 / 1024} MiB; start the server with \`--snapshot PATH\` instead`,
          ),
        );
      else done(null, chunk);
    },
  });
}

/** Takes a snapshot that somebody sends, reads it, and throws the file away. On failure the data that is there stays. */
export async function uploadAnswer(request: Request): Promise<Status> {
  const { shown, onDisk } = nameOf(request.headers.get('x-file-name'));
  if (request.body === null) throw new Refused(400, 'Nothing sent', 'the request has no body; send the file as it is');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'podreach-upload-'));
  try {
    const file = path.join(folder, onDisk);
    await pipeline(
      Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]),
      bounded(),
      createWriteStream(file, { mode: 0o600 }),
    );
    await loadUpload(file, shown).catch((error: unknown) => {
      // Where the file lay for a moment is nobody's business.
      if (error instanceof SourceError) throw new Refused(400, 'Could not be read', error.message.replaceAll(`${folder}${path.sep}`, ''));
      throw error;
    });
    return status();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
