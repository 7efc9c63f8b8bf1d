import type { Gap } from '../inventory/gap.ts';
import type { CloudOptions } from './cloud-options.ts';
import { MAX_CONNECTIONS, openRestClient, REST_LIMITS, type RestLimits } from './rest-client.ts';
import { RestReader, type RestReaderOptions } from './rest-reader.ts';
import { SourceError } from './source-error.ts';

export interface RestCloudOptions extends CloudOptions {
  /** Ends the collection with what it has, where `signal` would end it with nothing; after 10 minutes unless given. */
  readonly deadline?: AbortSignal;
  readonly limits?: Partial<RestLimits>;
}

export interface RestCollection {
  readonly source: Gap['source'];
  /** Its name for people: `Google Cloud`. */
  readonly cloud: string;
  readonly authenticate: RestReaderOptions['authenticate'];
  /** A host whose credentials everything needs. */
  readonly first: URL;
}

const DEADLINE_MS = 600_000;

/**
 * One collection from a cloud's REST APIs, from the first credentials to the last gap. What `work` could not read, and that the deadline cut it
 * short, goes into the builder. Throws SourceError without credentials, and the signal's reason on an abort.
 */
export async function collectByRest(
  options: RestCloudOptions,
  { source, cloud, authenticate, first }: RestCollection,
  work: (reader: RestReader) => Promise<void>,
): Promise<void> {
  const { builder, deadline = AbortSignal.timeout(DEADLINE_MS), onProgress } = options;
  options.signal?.throwIfAborted();
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, deadline, ...(options.signal === undefined ? [] : [options.signal])]);
  const client = openRestClient(options.env ?? process.env, options.limits);
  const reader = new RestReader({
    source,
    client,
    authenticate,
    signal,
    concurrency: MAX_CONNECTIONS,
    maxListSize: options.limits?.maxListSize ?? REST_LIMITS.maxListSize,
    label: `answers of ${cloud}`,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  try {
    await authenticate(first, signal).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw deadline.aborted ? slowCredentials(source, cloud) : error;
    });
    await work(reader);
    options.signal?.throwIfAborted();
    if (deadline.aborted) reader.addGap({ what: 'what was not yet read', place: cloud }, CUT);
    reader.done();
  } finally {
    // Requests that nobody waits for any more must not be retried against a closed client.
    stop.abort();
    await client.close();
    for (const gap of reader.gaps()) builder.addGap(gap);
  }
}

function slowCredentials(source: string, cloud: string): SourceError {
  const message = `the deadline passed before there were credentials for ${cloud}; check the network and collect again`;
  return new SourceError(message, { source, operation: 'authenticate', retryable: true });
}

const CUT = {
  why: 'the deadline passed before everything was read; what came before it is kept',
  remedy: 'collect again, fewer accounts at once or over a faster network',
};
