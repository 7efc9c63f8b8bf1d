import type { GcpInventory } from '../../gcp.ts';
import type { CloudAnswerOrigin, CloudCollector } from '../cloud-collector.ts';
import { isObject, pointerSegment, type RawObject } from '../field-reader.ts';
import { errorGap } from './gcp-error.ts';
import { itemsOf, noteList } from './gcp-lists.ts';
import { type GcpOrigin, gcpOriginOf } from './gcp-origin.ts';
import { GCP_READERS } from './gcp-readers.ts';
import type { GcpSink } from './gcp-sink.ts';
import { createGcpStore } from './gcp-store.ts';

/**
 * Takes answers of Google Cloud's REST APIs and of `gcloud … --format json`. What an answer is, its content says; what it is about, its path
 * does where the content leaves it out (allow policies name no resource). Path rules, for whoever writes files or collects live:
 *
 * - `…/METHOD/RESOURCE.json`, the last folder that is a METHOD counts. METHOD is the REST method with its version
 *   (`iam.v1.projects.serviceAccounts.getIamPolicy`, `cloudresourcemanager.v3.folders.getIamPolicy`) or the words of a gcloud command joined
 *   by dashes without options and arguments (`gcloud-iam-service-accounts-get-iam-policy`, `gcloud-resource-manager-folders-get-iam-policy`,
 *   `gcloud-iam-policies-list`, `gcloud-container-clusters-list`).
 * - RESOURCE: of a project policy, a list or `describe` the project's id; of a folder or organisation its number; of a service account its
 *   email; of a bucket its name; of a secret `PROJECT/SECRET` (a folder for the project); of anything else the whole name
 *   (`projects/P/topics/T`). Deny policies: the project's id, or `folders/N`, `organizations/N`. Full names and percent-encoding are
 *   understood everywhere.
 * - Further pages: `RESOURCE.page-2.json`. A list whose last page is not there is a gap.
 * - A secret whose path says no project is taken to be of the one project whose GKE clusters were read, or of the only project.
 * - Errors as the APIs print them (`{"error": {"code": 403, …}}`) may stand in the place of the answer: they become gaps.
 */
export function createGcpCollector(): CloudCollector<GcpInventory> {
  const store = createGcpStore();
  return {
    add: (answer, origin) => isObject(answer) && addAnswer(answer, gcpOriginOf(origin), store.sink),
    finish: () => store.finish(),
  };
}

export type { CloudAnswerOrigin };

function addAnswer(answer: RawObject, origin: GcpOrigin, sink: GcpSink): boolean {
  const failure = answer.error === undefined ? undefined : errorGap(answer, origin);
  if (failure !== undefined) {
    sink.gap(failure);
    return true;
  }
  const ancestor = ancestorPolicy(answer, origin);
  if (ancestor !== undefined) return addItem(ancestor.policy, { origin: ancestor.origin, sink, pointer: '/policy' });
  const list = itemsOf(answer, origin);
  if (list === undefined) return addItem(answer, { origin, sink, pointer: '' }) || origin.method !== undefined;
  noteList(answer, { key: list.key, origin, sink });
  for (const [index, item] of list.items.entries())
    if (isObject(item)) addItem(item, { origin, sink, pointer: `/${pointerSegment(list.key)}/${index}` });
  return true;
}

interface Place {
  readonly origin: GcpOrigin;
  readonly sink: GcpSink;
  readonly pointer: string;
}

function addItem(item: RawObject, { origin, sink, pointer }: Place): boolean {
  const reader = GCP_READERS.find((candidate) => candidate.is(item, origin));
  if (reader === undefined) return false;
  const parsed = reader.shape.safeParse(item);
  if (parsed.success) {
    reader.read(parsed.data, origin, sink);
    return true;
  }
  const issue = parsed.error.issues[0];
  const below = (issue?.path ?? []).map((key) => `/${pointerSegment(String(key))}`).join('');
  sink.gap({
    source: 'gcp',
    what: `a ${reader.what}`,
    where: origin.file,
    why: `malformed: ${issue?.message ?? 'does not have the expected shape'} at \`${below.slice(0, 300)}\``,
    remedy: 'write the answer to the file again with gcloud and --format json; it was left out',
    file: origin.file,
    pointer: `${pointer}${below}`,
  });
  return true;
}

/** `gcloud projects get-ancestors-iam-policy` prints `{id, type, policy}` for the project and everything above it. */
function ancestorPolicy(answer: RawObject, { file }: GcpOrigin): { readonly policy: RawObject; readonly origin: GcpOrigin } | undefined {
  const { id, type, policy } = answer;
  if (typeof id !== 'string' || !isObject(policy) || !Array.isArray(policy.bindings)) return undefined;
  if (type !== 'project' && type !== 'folder' && type !== 'organization') return undefined;
  const method = `cloudresourcemanager.v3.${type}s.getIamPolicy`;
  return { policy, origin: { file, method, resource: id } };
}
