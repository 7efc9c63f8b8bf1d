import { createReadStream } from 'node:fs';
import type { Severity } from '../../analysis/summary.ts';
import { NAMESPACE_NAME } from '../../api/requests.ts';
import type { WhatIfAnswer } from '../../api/what-if-contract.ts';
import { type Change, ChangeError } from '../../inventory/changes/change.ts';
import { type ChangeDocument, inNamespace, parseChanges } from '../../inventory/changes/parse-changes.ts';
import { whatIfAnswer } from '../../server/answers/what-if.ts';
import { datasetOf } from '../../server/dataset.ts';
import { awsAuthOf } from '../../sources/aws-auth.ts';
import { changeDocuments, MOST_CHANGE_BYTES } from '../../sources/snapshot/change-documents.ts';
import { BadUse } from '../bad-use.ts';
import { type ExitCode, exitCodeOf, failOnOf } from '../fail-on.ts';
import type { Output } from '../print.ts';
import { printable } from '../printable.ts';
import { nodeOf, readWorld, type WorldOptions } from '../world.ts';

export interface WhatIfOptions extends WorldOptions {
  readonly change?: readonly string[] | undefined;
  readonly namespace?: string | undefined;
  readonly jewel?: readonly string[] | undefined;
  readonly 'fail-on'?: string | undefined;
}

/** A file or stdin, as far as it may be read: what is longer, or has no end, is refused by its length. */
async function bytesOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > MOST_CHANGE_BYTES) break;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new BadUse(`\`${path}\` cannot be read (${code}); name a file of manifests or changes, or \`-\` for stdin`);
  }
  return Buffer.concat(chunks);
}

const nameOf = (path: string): string => (path === '-' ? 'stdin' : `\`${path}\``);

async function documentsOf(paths: readonly string[]): Promise<readonly ChangeDocument[]> {
  if (paths.filter((path) => path === '-').length > 1) throw new BadUse('`-` is given twice, and stdin can be read once; give it once');
  const documents: ChangeDocument[] = [];
  for (const path of paths) {
    const found = await changeDocuments(await bytesOf(path), nameOf(path));
    if (found.length === 0)
      process.stderr.write(`${printable(`${nameOf(path)} holds no document, only comments or markers; it is left out`)}\n`);
    documents.push(...(path === '-' ? found : found.map((document) => ({ ...document, path }))));
  }
  return documents;
}

/** Runs what may find that a change cannot be made: that is bad use, and told with its place. */
function asBadUse<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ChangeError)) throw error;
    throw new BadUse(error.at === undefined ? error.message : `change ${error.at + 1}: ${error.message}`);
  }
}

/** Severities of every way that opens, and of every finding that is new. */
function* opened({ opened: { bySeverity }, findings }: WhatIfAnswer): Generator<Severity> {
  for (const [severity, pairs] of Object.entries(bySeverity)) if (pairs > 0) yield severity as Severity;
  for (const { severity } of findings.opened) yield severity;
}

async function answer(changes: readonly Change[], options: WhatIfOptions, out: Output): Promise<ExitCode> {
  const failOn = failOnOf(options['fail-on']);
  const data = datasetOf(await readWorld(options));
  const jewels = (options.jewel ?? []).map((id) => data.graph.nodes.ids[nodeOf(data.graph, id)] as string);
  const started = performance.now();
  const found = asBadUse(() => whatIfAnswer(data, changes, jewels));
  for (const { change, says } of found.notes.list) process.stderr.write(`${printable(`change ${change + 1}: ${says}`)}\n`);
  for (const { kind, group, count, makesPods } of found.notJudged)
    if (makesPods) process.stderr.write(`${printable(`not judged: ${count} ${kind} (${group}) and the pods that they make`)}\n`);
  process.stderr.write(`worked out in ${Math.round(performance.now() - started)} ms\n`);
  const code = out.decided(exitCodeOf(failOn, opened(found)));
  await out.line(found);
  return code;
}

/** The changes of all files. None at all is bad use: an answer that nothing opens would pass for one about changes that somebody forgot to write. */
async function changesIn(paths: readonly string[], { namespace = 'default' }: WhatIfOptions): Promise<readonly Change[]> {
  if (!NAMESPACE_NAME.test(namespace))
    throw new BadUse(`\`--namespace ${namespace}\` is no name of a namespace; give small letters, digits and dashes, 63 at most`);
  const documents = await documentsOf(paths);
  const changes = asBadUse(() => inNamespace(parseChanges(documents, awsAuthOf), namespace));
  if (changes.length === 0)
    throw new BadUse(`there are no changes and no manifests in ${paths.map(nameOf).join(', ')}; look at what made it, or write some`);
  return changes;
}

/** `what-if --change FILE…`: what changes would open and close; exit code 1 where what opens, or a new finding, is at or above `--fail-on`. */
export async function whatIfCommand(options: WhatIfOptions, out: Output): Promise<ExitCode> {
  const { change = [] } = options;
  if (change.length === 0) throw new BadUse('`what-if` needs what to change: `what-if --change FILE --snapshot PATH`; `-` is stdin');
  return answer(await changesIn(change, options), options, out);
}

/** `preview FILE…`: what manifests that are not in the cluster yet would open; the same exit codes. */
export async function previewCommand(paths: readonly string[], options: WhatIfOptions, out: Output): Promise<ExitCode> {
  if (paths.length === 0) throw new BadUse('`preview` needs manifests: `preview FILE… --snapshot PATH`; `-` is stdin');
  return answer(await changesIn(paths, options), options, out);
}
