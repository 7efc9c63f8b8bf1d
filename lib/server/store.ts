import { closingIndex } from '../analysis/closing-index.ts';
import type { Status } from '../api/contract.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { SourceError } from '../sources/source-error.ts';
import { collectWorld } from './collect-world.ts';
import { type Settings, settingsOf } from './config.ts';
import { type Dataset, datasetOf } from './dataset.ts';
import { Refused } from './problem.ts';

type Progress = Status['progress'][number];

/** What is loaded and what is going on; one per process. */
interface Store {
  settings: Settings;
  source: Status['source'];
  dataset: Dataset | undefined;
  collectedAt: string | undefined;
  tookMs: number | undefined;
  error: string | undefined;
  loading: Promise<void> | undefined;
  progress: Map<string, Progress>;
}

/** Next gives every route its own copy of this module; the data must still be one. */
const KEY = Symbol.for('podreach.store');
const shared = globalThis as { [KEY]?: Store };

function store(): Store {
  let one = shared[KEY];
  if (one === undefined) {
    const settings = settingsOf(process.env);
    const { type, label } = settings.source;
    one = {
      settings,
      source: { type, label },
      dataset: undefined,
      collectedAt: undefined,
      tookMs: undefined,
      error: undefined,
      loading: undefined,
      progress: new Map(),
    };
    shared[KEY] = one;
  }
  return one;
}

function report(progress: { what: string; count: number; total?: number; done?: boolean }): void {
  const { what, count, total, done } = progress;
  store().progress.set(what, { what, count, done: done ?? false, ...(total === undefined ? {} : { total }) });
}

function collect({ source, clouds, cluster }: Settings): Promise<Inventory> {
  const { label: _label, ...from } = source;
  return collectWorld(
    { source: from.type === 'demo' ? { ...from, type: 'snapshot' } : from, clouds, ...(cluster === undefined ? {} : { cluster }) },
    { env: process.env, onProgress: report },
  );
}

/** Loads, one at a time; on failure the last good data stays and the error is kept for the screen. */
function load(read: () => Promise<Inventory>, source: Status['source']): Promise<void> {
  const one = store();
  if (one.loading !== undefined) throw new Refused(409, 'Already loading', 'another load is under way; wait until it is done');
  one.progress = new Map();
  one.error = undefined;
  const started = performance.now();
  one.loading = (async () => {
    try {
      const dataset = datasetOf(await read());
      Object.assign(one, { dataset, source, collectedAt: new Date().toISOString(), tookMs: Math.round(performance.now() - started) });
      // Behind the answers that wait for the data: the first cut would pay for it.
      setImmediate(() => closingIndex(dataset.graph));
    } catch (error) {
      // Who sent a file is told at once what is wrong with it; the data that is there is as good as before.
      if (source.type !== 'upload' || !(error instanceof SourceError))
        one.error =
          error instanceof SourceError
            ? error.message
            : 'the data could not be worked through: this is a bug of Podreach; the log of the server has the details';
      throw error;
    } finally {
      one.loading = undefined;
    }
  })();
  return one.loading;
}

/** Starts the first load, and every later one that is asked for; gives up only on bugs of ours. */
export function reload(): Promise<void> {
  const { settings } = store();
  const { type, label } = settings.source;
  return load(() => collect(settings), { type, label });
}

/** Replaces the data by a snapshot that somebody sent. */
export async function loadUpload(path: string, name: string): Promise<void> {
  await load(() => collectWorld({ source: { type: 'snapshot', path } }, { onProgress: report }), { type: 'upload', label: name });
}

/** Sets the first load off, once per process. A source that cannot be read is told by `status`; a bug of ours goes to the log as well. */
export function startLoading(): void {
  const one = store();
  if (one.dataset !== undefined || one.loading !== undefined || one.error !== undefined) return;
  reload().catch((error: unknown) => {
    process.stderr.write(`podreach: ${error instanceof SourceError ? error.message : String((error as Error).stack)}\n`);
  });
}

/** The data, or a refusal that says why there is none yet. */
export function dataset(): Dataset {
  startLoading();
  const one = store();
  if (one.dataset !== undefined) return one.dataset;
  if (one.loading !== undefined) throw new Refused(503, 'Still loading', 'the data is being read; ask /api/v1/status how far it is');
  throw new Refused(503, 'Nothing loaded', one.error ?? 'nothing could be read; see Sources');
}

/** What `GET /api/v1/status` says. */
export function status(): Status {
  startLoading();
  const one = store();
  const { dataset: data } = one;
  const { name, server, issuer, version } = data?.inventory.cluster ?? {};
  const counts = new Map<Status['counts']['byKind'][number]['kind'], number>();
  for (const kind of data?.graph.nodes.kinds ?? []) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return {
    state: one.loading !== undefined ? 'loading' : one.error !== undefined ? 'failed' : 'ready',
    source: one.source,
    cluster: {
      ...(name === undefined ? {} : { name }),
      ...(server === undefined ? {} : { server }),
      ...(issuer === undefined ? {} : { issuer }),
      ...(version === undefined ? {} : { version }),
    },
    ...(one.collectedAt === undefined ? {} : { collectedAt: one.collectedAt }),
    ...(one.tookMs === undefined ? {} : { tookMs: one.tookMs }),
    progress: [...one.progress.values()],
    gaps: data?.graph.gaps ?? [],
    counts: {
      nodes: data?.graph.nodes.count ?? 0,
      edges: data?.graph.edges.count ?? 0,
      byKind: [...counts].map(([kind, count]) => ({ kind, count })),
    },
    ...(one.error === undefined ? {} : { error: one.error }),
  };
}
