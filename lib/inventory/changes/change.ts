import type { AwsAuthMapping } from '../aws-auth.ts';
import type { CloudRecords } from './cloud-kinds.ts';

/** A hypothetical change to what was read: what would be if somebody did this. Nothing is ever written anywhere. */

/** One object by what its API calls it. */
export interface ObjectName {
  /** As the API names it: `RoleBinding`. */
  readonly kind: string;
  /** Tells kinds of one name apart, `kyverno.io/v1`; only the group counts. Absent: the kind that the inventory keeps. */
  readonly apiVersion?: string;
  /** Absent for what lies in no namespace, else `default` is meant, as for kubectl. */
  readonly namespace?: string;
  readonly name: string;
}

/** One operation of RFC 6902. `move` and `copy` are not taken: what is not kept could not be moved. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

export type Change =
  | { readonly change: 'delete'; readonly target: ObjectName }
  /** A manifest: a new object, or one that takes the place of what was read. */
  | { readonly change: 'apply'; readonly manifest: unknown }
  /** What an answer of a cloud says, such as `aws iam get-role`: each record takes the place of the one of its name. */
  | { readonly change: 'cloud-answer'; readonly records: CloudRecords }
  /** The ConfigMap kube-system/aws-auth: the lists that are told (all of them: the whole map), and what they say. */
  | { readonly change: 'aws-auth'; readonly lists: ReadonlySet<AwsAuthMapping['list']>; readonly mappings: readonly AwsAuthMapping[] }
  /** RFC 7386 (`merge`) or RFC 6902 (`json`), on what is kept of the object. */
  | { readonly change: 'patch'; readonly target: ObjectName; readonly merge: unknown }
  | { readonly change: 'patch'; readonly target: ObjectName; readonly json: readonly PatchOperation[] }
  /** Keys of changes that `cuts` and `choke-points` name, made together: places in lists are those before any of them. */
  | { readonly change: 'keys'; readonly keys: readonly string[] };

/** What somebody should know of a change beside what it does to the graph. */
export interface ChangeNote {
  /** Place of the change in the set, from 0. */
  readonly at: number;
  readonly says: string;
}

/** A change that cannot be made: the message says which one, why, and what to do. */
export class ChangeError extends Error {
  override readonly name = 'ChangeError';
  /** Place of the change in the set, from 0; undefined: it is none of them. */
  readonly at: number | undefined;

  constructor(message: string, at?: number) {
    super(message);
    this.at = at;
  }
}

/** `RoleBinding a/rb`, bounded: names come from whoever wrote the file. */
export function nameText({ kind, namespace, name }: Pick<ObjectName, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`.slice(0, 400);
}
