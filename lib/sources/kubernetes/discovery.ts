import { type ListedResource, OPTIONAL_KINDS } from '../listed-resources.ts';
import { type GapDraft, named, pathGap } from './gaps.ts';
import { isRecord, parseOrUndefined } from './page.ts';
import { fetchAnswer } from './request.ts';
import type { Run } from './run.ts';

/** The optional lists that the server has, and what of discovery could not be read. */
export interface Discovered {
  readonly resources: readonly ListedResource[];
  readonly gaps: readonly GapDraft[];
  /** What the end of the run kept from being known, as its gap names it. */
  readonly cut: readonly string[];
}

const GROUPS = '/apis';
const VERSIONS_MAX = 8;
/** Gatekeeper has a kind for every template; nobody has this many. */
const KINDS_MAX = 500;

/**
 * Asks the server which of the optional APIs it has, so that one which is not installed is neither asked for nor missed. Of a kind in
 * several versions the preferred one counts, else the first that has it. Source:
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api (unaggregated, which every version answers).
 */
export async function discoverOptional(run: Run): Promise<Discovered> {
  const answer = await readDocument(run, GROUPS);
  if (answer.state === 'cut') return { ...NOTHING, cut: [WHAT] };
  if (answer.state === 'gap') return { ...NOTHING, gaps: [whole(answer.gap)] };
  const served = groupsOf(answer.document);
  if (served === undefined) return { ...NOTHING, gaps: [whole(pathGap(WHAT, GROUPS, 'the answer is no list of API groups'))] };
  // Calico's own server prints what its custom resources hold: the same policies a second time.
  if (served.has('crd.projectcalico.org')) served.delete('projectcalico.org');
  const groups = [...OPTIONAL_KINDS.keys()].filter((group) => served.has(group));
  const found = await Promise.all(groups.map((group) => discoverGroup(run, group, served.get(group) ?? [])));
  return {
    resources: found.flatMap(({ resources }) => resources),
    gaps: found.flatMap(({ gaps }) => gaps),
    cut: found.flatMap(({ cut }) => cut),
  };
}

const WHAT = 'optional APIs';
const NOTHING: Discovered = { resources: [], gaps: [], cut: [] };

/** Nothing is known of any optional list. */
function whole(gap: GapDraft): GapDraft {
  return { ...gap, why: `${gap.why}; policies of engines, admission policies and the Gateway API were not looked for` };
}

async function discoverGroup(run: Run, group: string, versions: readonly string[]): Promise<Discovered> {
  const paths = versions.map((version) => `${GROUPS}/${group}/${version}`);
  const answers = await Promise.all(paths.map((path) => readDocument(run, path)));
  const byPlural = new Map<string, ListedResource>();
  const gaps: GapDraft[] = [];
  for (const [index, answer] of answers.entries()) {
    const what = `API group ${group}`;
    if (answer.state === 'gap') gaps.push({ ...answer.gap, what });
    if (answer.state !== 'read') continue;
    const lists = listsOf(answer.document, group, versions[index] ?? '');
    if (lists === undefined) gaps.push(pathGap(what, paths[index] ?? '', 'the answer is no list of resources'));
    for (const one of lists ?? []) if (!byPlural.has(one.plural)) byPlural.set(one.plural, one);
  }
  const resources = [...byPlural.values()].sort((one, other) => (one.plural < other.plural ? -1 : 1));
  if (resources.length > KINDS_MAX) gaps.push(tooManyGap(group, resources.slice(KINDS_MAX)));
  const cut = answers.some(({ state }) => state === 'cut') ? [group] : [];
  return { resources: resources.slice(0, KINDS_MAX), gaps, cut };
}

type Read =
  | { readonly state: 'read'; readonly document: unknown }
  | { readonly state: 'gap'; readonly gap: GapDraft }
  | { readonly state: 'cut' };

async function readDocument(run: Run, path: string): Promise<Read> {
  const answer = await fetchAnswer(run, { path });
  if (answer.state === 'cut') return answer;
  if (answer.state === 'failed') return { state: 'gap', gap: pathGap(WHAT, path, answer.why) };
  if (answer.state === 'refused') return { state: 'gap', gap: pathGap(WHAT, path, `the server answered (${answer.status})`) };
  const body = await answer.packed.whole;
  return { state: 'read', document: typeof body === 'string' ? undefined : parseOrUndefined(body.toString('utf8')) };
}

/** Versions of each optional group, the preferred one first; undefined: this is no APIGroupList. */
function groupsOf(document: unknown): Map<string, string[]> | undefined {
  if (!isRecord(document) || !Array.isArray(document.groups)) return undefined;
  const groups = new Map<string, string[]>();
  for (const group of document.groups) {
    if (!isRecord(group) || typeof group.name !== 'string' || !OPTIONAL_KINDS.has(group.name)) continue;
    const listed = [group.preferredVersion, ...(Array.isArray(group.versions) ? group.versions : [])];
    const versions = listed.flatMap((one) => (isRecord(one) && isVersion(one.version) ? one.version : []));
    groups.set(group.name, [...new Set(versions)].slice(0, VERSIONS_MAX));
  }
  return groups;
}

const isVersion = (value: unknown): value is string => typeof value === 'string' && /^v[a-z0-9]{1,30}$/.test(value);
const isKind = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9]{0,62}$/.test(value);
const isPlural = (value: unknown): value is string => typeof value === 'string' && /^[a-z0-9][a-z0-9.-]{0,252}$/.test(value);

/** The resources of an APIResourceList that can be listed and that we have a place for. Names become part of a path, so that odd ones are left. */
function listsOf(document: unknown, group: string, version: string): ListedResource[] | undefined {
  if (!isRecord(document) || !Array.isArray(document.resources)) return undefined;
  const wanted = OPTIONAL_KINDS.get(group);
  return document.resources.flatMap((resource): ListedResource[] => {
    if (!isRecord(resource) || !isPlural(resource.name) || !isKind(resource.kind)) return [];
    if (!Array.isArray(resource.verbs) || !resource.verbs.includes('list')) return [];
    if (wanted !== undefined && !wanted.has(resource.kind)) return [];
    return [{ plural: resource.name, kind: resource.kind, group, version, namespaced: resource.namespaced === true, optional: true }];
  });
}

function tooManyGap(group: string, left: readonly ListedResource[]): GapDraft {
  return {
    source: 'kubernetes',
    what: `${left.length} kinds of API group ${group}`,
    why: `the group has more than ${KINDS_MAX} kinds; not listed: ${named(left.map(({ plural }) => plural))}`,
    remedy: 'collect these with kubectl into a folder and give that as a snapshot',
  };
}
