import type { Inventory } from '../../inventory/inventory.ts';
import type { ListedResource } from '../listed-resources.ts';
import { absentGap, failedGap, forbiddenGap, type GapDraft, partlyForbiddenGap, tokenTypesUnknownGap, valuesSentGap } from './gaps.ts';
import { listName } from './resources.ts';
import type { Run } from './run.ts';
import { readScope, type ScopeResult, type ScopeWarning } from './scope.ts';

/** All that one resource gave, from the cluster-wide list or from the namespaces. */
export interface Collected {
  /** As `listName` says it. */
  readonly name: string;
  readonly parts: readonly Inventory[];
  readonly gaps: readonly GapDraft[];
  /** The cluster-wide list was read to its end. */
  readonly complete: boolean;
  /** At least one list answered. */
  readonly some: boolean;
  /** The run ended before the list did. */
  readonly cut: boolean;
}

/** Namespaces to try where the cluster-wide list is forbidden, and whether these are all there are. `own` is the caller's own. */
export type Candidates = (own: string | undefined) => Promise<{ readonly names: readonly string[]; readonly all: boolean }>;

/** Per resource; what is on its way at once is bounded by the run's slots. */
const NAMESPACES_AT_ONCE = 6;

/** Lists one resource cluster-wide; where that is forbidden, in every namespace that is known, each of which may be forbidden too. */
export async function collectResource(run: Run, resource: ListedResource, candidates: Candidates): Promise<Collected> {
  const whole = await readScope(run, resource);
  const collected =
    whole.end.state === 'forbidden' && resource.namespaced
      ? await collectByNamespace(run, resource, { candidates, user: whole.end.user })
      : fromCluster(resource, whole);
  if (!collected.cut) run.progress(listName(resource), { added: 0, remaining: 0, done: true });
  return collected;
}

function fromCluster(resource: ListedResource, result: ScopeResult): Collected {
  const { end, some, inventory, warnings } = result;
  const gaps = warnings.map(warningGap);
  if (end.state === 'forbidden') gaps.push(forbiddenGap(resource, end.user));
  if (end.state === 'absent') gaps.push(absentGap(resource));
  if (end.state === 'failed') gaps.push(failedGap(resource, end.why));
  return { name: listName(resource), parts: [inventory], gaps, complete: end.state === 'complete', some, cut: end.state === 'cut' };
}

interface Fallback {
  readonly candidates: Candidates;
  readonly user: string | undefined;
}

async function collectByNamespace(run: Run, resource: ListedResource, { candidates, user }: Fallback): Promise<Collected> {
  const { names, all } = await candidates(ownNamespace(user));
  const results = await eachOf(names, (name) => readScope(run, resource, name));
  const of = (state: ScopeResult['end']['state']): string[] => names.filter((_, index) => results[index]?.end.state === state);
  const failed = of('failed');
  const gaps: GapDraft[] = [...new Set(results.flatMap(({ warnings }) => warnings))].map(warningGap);
  const report = { read: of('complete'), forbidden: of('forbidden'), allKnown: all, ...(user === undefined ? {} : { user }) };
  const partly = partlyForbiddenGap(resource, report);
  if (partly !== undefined) gaps.push(partly);
  if (of('absent').length > 0) gaps.push(absentGap(resource));
  if (failed.length > 0) gaps.push(failedGap(resource, firstWhy(results), failed));
  return {
    name: listName(resource),
    parts: results.map(({ inventory }) => inventory),
    gaps,
    complete: false,
    some: results.some(({ some }) => some),
    cut: results.some(({ end }) => end.state === 'cut'),
  };
}

/** A service account can often read its own namespace; the 403 says which that is. */
function ownNamespace(user: string | undefined): string | undefined {
  return /^system:serviceaccount:([a-z0-9-]{1,63}):/.exec(user ?? '')?.[1];
}

function firstWhy(results: readonly ScopeResult[]): string {
  for (const { end } of results) if (end.state === 'failed') return end.why;
  return 'unknown';
}

function warningGap(warning: ScopeWarning): GapDraft {
  return warning === 'values-sent' ? valuesSentGap() : tokenTypesUnknownGap();
}

async function eachOf<In, Out>(items: readonly In[], task: (item: In) => Promise<Out>): Promise<Out[]> {
  const results = new Array<Out>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await task(items[index] as In);
  };
  await Promise.all(Array.from({ length: Math.min(NAMESPACES_AT_ONCE, items.length) }, worker));
  return results;
}
