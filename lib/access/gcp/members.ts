/** Whom a member of a binding, or a principal of a deny rule, means. */
export type Member =
  | { readonly kind: 'service-account'; readonly email: string }
  /** Principals of a workload identity pool; `number` is undefined in the short form `serviceAccount:POOL[NS/NAME]`. */
  | { readonly kind: 'pool'; readonly pool: string; readonly number?: string; readonly who: PoolSelector }
  /** `everyone`: anybody at all; `authenticated`: whoever has a Google identity. */
  | { readonly kind: 'everyone' | 'authenticated' }
  /** `projectOwner:P` and its like, which buckets know. */
  | { readonly kind: 'convenience'; readonly role: string; readonly project: string }
  /** All service accounts of a project, folder or organisation. */
  | { readonly kind: 'accounts-under'; readonly resource: string }
  /** Deleted principals match nobody. */
  | { readonly kind: 'deleted' }
  /** Groups and domains, whose members nobody read. */
  | { readonly kind: 'group'; readonly name: string }
  /** People, and what is not known. */
  | { readonly kind: 'other' };

export type PoolSelector =
  | { readonly kind: 'all' }
  | { readonly kind: 'subject'; readonly value: string }
  /** `namespace`, `kubernetes.cluster`, `kubernetes.serviceaccount.uid`, `group`, `attribute.NAME`. */
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string };

const SHORT = /^serviceAccount:([^[\]\s]{1,200})\[([^[\]/\s]{1,253})\/([^[\]/\s]{1,253})\]$/;
const POOL =
  /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/([^/]{1,100})\/locations\/global\/workloadIdentityPools\/([^/]{1,100})\/(.{1,600})$/;
const ACCOUNT =
  /^(?:serviceAccount:|principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/)([^[\]\s/@]{1,300}@[^[\]\s/@]{3,300})$/;
const ACCOUNTS_UNDER =
  /^principalSet:\/\/(?:iam|cloudresourcemanager)\.googleapis\.com\/((?:projects|folders|organizations)\/[^/]{1,100})(?:\/type\/ServiceAccount)?$/;
const GROUP = /^(?:group:|domain:|principalSet:\/\/goog\/(?:group|cloudIdentityCustomerId)\/)(.{1,300})$/;

/**
 * Reads a member as policies write it.
 * Source: https://cloud.google.com/iam/docs/principal-identifiers and
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#principal-id-examples
 */
export function memberOf(text: string): Member {
  if (text === 'allUsers' || text === 'principalSet://goog/public:all') return { kind: 'everyone' };
  if (text === 'allAuthenticatedUsers' || text === 'principalSet://goog/public:allAuthenticatedUsers') return { kind: 'authenticated' };
  if (text.startsWith('deleted:')) return { kind: 'deleted' };
  const short = SHORT.exec(text);
  if (short !== null) {
    const [, pool = '', namespace = '', name = ''] = short;
    return { kind: 'pool', pool, who: { kind: 'subject', value: `ns/${namespace}/sa/${name}` } };
  }
  const pool = POOL.exec(text);
  if (pool !== null) return poolMember(text, pool);
  const email = ACCOUNT.exec(text)?.[1];
  if (email !== undefined) return { kind: 'service-account', email };
  const convenience = /^project(Owner|Editor|Viewer):(.{1,100})$/.exec(text);
  if (convenience !== null)
    return { kind: 'convenience', role: `roles/${(convenience[1] as string).toLowerCase()}`, project: convenience[2] as string };
  const under = ACCOUNTS_UNDER.exec(text)?.[1];
  if (under !== undefined) return { kind: 'accounts-under', resource: under };
  const group = GROUP.exec(text)?.[1];
  return group === undefined ? { kind: 'other' } : { kind: 'group', name: group };
}

function poolMember(text: string, [, number = '', pool = '', rest = '']: RegExpExecArray): Member {
  const who = selectorOf(text.startsWith('principalSet:'), rest);
  return who === undefined ? { kind: 'other' } : { kind: 'pool', pool, number, who };
}

/** One principal is told by its subject or uid; a set by an attribute, a group or all of the pool. */
function selectorOf(isSet: boolean, rest: string): PoolSelector | undefined {
  if (isSet && rest === '*') return { kind: 'all' };
  const slash = rest.indexOf('/');
  const [name, value] = [rest.slice(0, slash), rest.slice(slash + 1)];
  if (slash <= 0 || value === '') return undefined;
  if (!isSet && name === 'subject') return { kind: 'subject', value };
  return isSet === (name === 'kubernetes.serviceaccount.uid') || (isSet && name === 'subject')
    ? undefined
    : { kind: 'attribute', name, value };
}
