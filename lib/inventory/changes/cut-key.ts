/** A change that a cut names, where it can be made in the records. Keys are made in lib/graph/evidence and lib/graph/techniques. */
export type RecordKey =
  /** One place of a binding's subjects or of a role's rules. */
  | {
      readonly type: 'item';
      readonly kind: string;
      readonly namespace: string;
      readonly name: string;
      readonly list: 'subjects' | 'rules';
      readonly place: number;
    }
  | { readonly type: 'delete'; readonly kind: string; readonly namespace: string; readonly name: string }
  | { readonly type: 'automount'; readonly namespace: string; readonly name: string }
  | { readonly type: 'template'; readonly field: TemplateField; readonly template: Template }
  | {
      readonly type: 'template-secret';
      readonly secret: { readonly namespace: string; readonly name: string };
      readonly template: Template;
    };

/** A pod that nobody owns, or a controller. */
export type Template =
  | { readonly of: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly of: 'workload'; readonly namespace: string; readonly kind: string; readonly name: string };

/** What is taken out of a template. */
const TEMPLATE_FIELDS = ['token', 'privileged', 'hostProcess', 'capabilities', 'hostPID', 'hostIPC', 'hostNetwork', 'hostPath'] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

const OF = 'template of ';

/** `a/b/c` at its first slashes: the last part may hold more of them. */
function split(text: string, parts: number): readonly string[] | undefined {
  const found: string[] = [];
  let rest = text;
  for (let part = 1; part < parts; part += 1) {
    const slash = rest.indexOf('/');
    if (slash < 0) return undefined;
    found.push(rest.slice(0, slash));
    rest = rest.slice(slash + 1);
  }
  return rest === '' ? undefined : [...found, rest];
}

function templateOf(id: string): Template | undefined {
  if (id.startsWith('pod:')) {
    const [namespace, name] = split(id.slice('pod:'.length), 2) ?? [];
    return namespace === undefined || name === undefined ? undefined : { of: 'pod', namespace, name };
  }
  if (!id.startsWith('workload:')) return undefined;
  const [namespace, kind, name] = split(id.slice('workload:'.length), 3) ?? [];
  return namespace === undefined || kind === undefined || name === undefined ? undefined : { of: 'workload', namespace, kind, name };
}

function templateKey(key: string): RecordKey | undefined {
  const field = TEMPLATE_FIELDS.find((one) => key.startsWith(`${one}: ${OF}`));
  if (field !== undefined) {
    const template = templateOf(key.slice(field.length + 2 + OF.length));
    return template === undefined ? undefined : { type: 'template', field, template };
  }
  const between = ` out of ${OF}`;
  const at = key.indexOf(between);
  if (!key.startsWith('secret:') || at < 0) return undefined;
  const [namespace, name] = split(key.slice('secret:'.length, at), 2) ?? [];
  const template = templateOf(key.slice(at + between.length));
  if (namespace === undefined || name === undefined || template === undefined) return undefined;
  return { type: 'template-secret', secret: { namespace, name }, template };
}

const DELETE = 'delete ';
const SECRET = 'delete secret:';
const AUTOMOUNT = 'automount of sa:';

function deletionKey(key: string): RecordKey | undefined {
  if (key.startsWith(SECRET)) {
    const [namespace, name] = split(key.slice(SECRET.length), 2) ?? [];
    return namespace === undefined || name === undefined ? undefined : { type: 'delete', kind: 'Secret', namespace, name };
  }
  const [kind, namespace, name] = split(key.slice(DELETE.length), 3) ?? [];
  return kind === undefined || namespace === undefined || name === undefined ? undefined : { type: 'delete', kind, namespace, name };
}

/** What a key means in the records; undefined: it is made in the graph, as changes in cloud accounts are. */
export function recordKey(key: string): RecordKey | undefined {
  if (key.startsWith(DELETE)) return deletionKey(key);
  if (key.startsWith(AUTOMOUNT)) {
    const [namespace, name] = split(key.slice(AUTOMOUNT.length), 2) ?? [];
    return namespace === undefined || name === undefined ? undefined : { type: 'automount', namespace, name };
  }
  const item = /\/(subjects|rules)\/(\d{1,9})$/.exec(key);
  const [kind = '', namespace = '', name] = item === null ? [] : (split(key.slice(0, item.index), 3) ?? []);
  const isRbac = kind.endsWith('Binding') ? item?.[1] === 'subjects' : kind.endsWith('Role') && item?.[1] === 'rules';
  if (item !== null && name !== undefined && isRbac)
    return { type: 'item', kind, namespace, name, list: item[1] as 'subjects' | 'rules', place: Number(item[2]) };
  return templateKey(key);
}
