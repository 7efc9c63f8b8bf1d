import type { Binding, Pod, PodSpec, Role, ServiceAccount } from '../kubernetes.ts';
import { removeWithDependents } from './cascade.ts';
import { ChangeError, nameText } from './change.ts';
import { type RecordKey, recordKey, type Template } from './cut-key.ts';
import type { KeptObjects } from './kept-objects.ts';
import { changeTemplate, restartPodsOf } from './replace.ts';
import { withoutField, withoutSecret } from './template-fields.ts';

/** What keys did in the records, and which are none of theirs. */
export interface AppliedKeys {
  readonly notes: readonly string[];
  /** Keys that have to be made in the graph. */
  readonly inGraph: readonly string[];
}

export interface KeyContext {
  /** Place of the change in its set. */
  readonly at: number;
  readonly objects: KeptObjects;
  /** The API server's issuer, which tells its tokens from others'. */
  readonly issuer: string | undefined;
}

const missing = ({ at }: KeyContext, key: string): ChangeError =>
  new ChangeError(`\`${key.slice(0, 400)}\` names nothing in the data; ask for the cut again`, at);

type Item = Extract<RecordKey, { type: 'item' }>;

/** Items of one list go together: their places are those before any change. */
function removeItems(context: KeyContext, items: readonly { readonly key: string; readonly item: Item }[]): void {
  const { objects } = context;
  const [first] = items;
  if (first === undefined) return;
  const { kind, namespace, name, list } = first.item;
  const found = objects.find({ kind, name, ...(namespace === '' ? {} : { namespace }) });
  if (found?.record === undefined) throw missing(context, first.key);
  const places = new Set(items.map(({ item }) => item.place));
  const rest = <Entry>(entries: readonly Entry[]): Entry[] => {
    for (const { key, item } of items) if (item.place >= entries.length) throw missing(context, key);
    return entries.filter((_entry, place) => !places.has(place));
  };
  if (list === 'subjects') {
    const binding = found.record as Binding;
    objects.set('bindings', { ...binding, subjects: rest(binding.subjects) });
  } else {
    const role = found.record as Role;
    objects.set('roles', { ...role, rules: rest(role.rules) });
  }
}

function changeSpecs(
  context: KeyContext,
  { key, template }: { readonly key: string; readonly template: Template },
  change: (spec: PodSpec) => PodSpec,
): void {
  const { objects } = context;
  const { namespace, name } = template;
  if (template.of === 'workload') {
    const named = template.kind;
    const isIt = (kind: string): boolean => kind.toLowerCase() === named;
    const workload = objects.all('workloads').find((one) => one.namespace === namespace && one.name === name && isIt(one.kind));
    if (!changeTemplate(objects, { namespace, name, isKind: isIt, workload }, change)) throw missing(context, key);
    return;
  }
  const pod = objects.find({ kind: 'Pod', namespace, name })?.record as Pod | undefined;
  if (pod === undefined) throw missing(context, key);
  objects.set('pods', { ...pod, spec: change(pod.spec) });
}

function applyKey(context: KeyContext, key: string, what: Exclude<RecordKey, Item>): readonly string[] {
  const { objects, issuer } = context;
  if (what.type === 'template') {
    changeSpecs(context, { key, template: what.template }, (spec) => withoutField(spec, what.field, issuer));
    return [];
  }
  if (what.type === 'template-secret') {
    changeSpecs(context, { key, template: what.template }, (spec) => withoutSecret(spec, what.secret.name));
    return [];
  }
  const { namespace, name } = what;
  const kind = what.type === 'delete' ? what.kind : 'ServiceAccount';
  const found = objects.find({ kind, name, ...(namespace === '' ? {} : { namespace }) });
  if (what.type === 'delete') {
    if (found?.record === undefined) throw missing(context, key);
    return removeWithDependents(objects, { list: found.list, record: found.record }).map(
      (note) => `${nameText({ kind, namespace, name })}: ${note}`,
    );
  }
  // A `default` account that nobody listed is there all the same.
  const known = found?.record as ServiceAccount | undefined;
  const account: ServiceAccount = known ?? {
    namespace,
    name,
    labels: new Map(),
    annotations: new Map(),
    secrets: [],
    imagePullSecrets: [],
  };
  const next = { ...account, automountServiceAccountToken: false };
  objects.set('serviceAccounts', next);
  return restartPodsOf(objects, next);
}

/** Makes changes that a cut named, together. Throws ChangeError for one that names what is not there. */
export function applyKeys(context: KeyContext, keys: readonly string[]): AppliedKeys {
  const notes: string[] = [];
  const inGraph: string[] = [];
  const items: { readonly key: string; readonly item: Item }[] = [];
  const others: { readonly key: string; readonly what: Exclude<RecordKey, Item> }[] = [];
  for (const key of new Set(keys)) {
    const what = recordKey(key);
    if (what === undefined) inGraph.push(key);
    else if (what.type === 'item') items.push({ key, item: what });
    else others.push({ key, what });
  }
  for (const list of Map.groupBy(items, ({ key }) => key.slice(0, key.lastIndexOf('/'))).values()) removeItems(context, list);
  for (const { key, what } of others) notes.push(...applyKey(context, key, what));
  return { notes, inGraph };
}
