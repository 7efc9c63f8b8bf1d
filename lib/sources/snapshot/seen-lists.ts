import { basename } from 'node:path';
import { isObject, type RawObject } from '../../inventory/normalise/field-reader.ts';
import { LISTED_RESOURCES, OPTIONAL_KINDS } from '../listed-resources.ts';

const LIST = 'List';
const METADATA = 'PartialObjectMetadata';
const ADMISSION = 'admissionregistration.k8s.io';
/** Kinds of optional groups that a cluster may define; Gatekeeper's are as many as its templates. */
const MOST_DEFINED = 200;
/** A plural goes into a command that people copy. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go. */
const PLURAL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Minor version of Kubernetes 1 from which a server has a kind without being asked to.
 * Sources: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ (stable in 1.30, its beta API is off by default),
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/ and KEP 3962 (stable in 1.36, off by default before).
 */
const SERVED_SINCE: ReadonlyMap<string, number> = new Map([
  ['ValidatingAdmissionPolicy', 30],
  ['ValidatingAdmissionPolicyBinding', 30],
  ['MutatingAdmissionPolicy', 36],
  ['MutatingAdmissionPolicyBinding', 36],
]);

interface Kind {
  readonly kind: string;
  readonly group: string;
  /** As `isUnread` asks for it and as kubectl takes it: with its group where another may have the same plural. */
  readonly list: string;
  /** What a file of it may be called, less its endings. */
  readonly names: readonly string[];
}

/** `validatingadmissionpolicies` of `ValidatingAdmissionPolicy`. */
const pluralOf = (kind: string): string => `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');

const builtIn = (kind: string, group: string, list: string): Kind => ({ kind, group, list, names: [list, `${list}.${group}`] });
const BUILT_IN: readonly Kind[] = [
  ...LISTED_RESOURCES.map(({ kind, group, plural }) => builtIn(kind, group, plural)),
  ...[...SERVED_SINCE.keys()].map((kind) => builtIn(kind, ADMISSION, pluralOf(kind))),
];
const BUILT_IN_BY_KIND: ReadonlyMap<string, Kind> = new Map(BUILT_IN.map((one) => [one.kind, one]));
const BUILT_IN_BY_NAME: ReadonlyMap<string, Kind> = new Map(BUILT_IN.flatMap((one) => one.names.map((name) => [name, one] as const)));

const keyOf = (group: string, kind: string): string => `${group}/${kind}`;

/** Undefined: nothing says it, so the kind stands for the group that its name is known by. */
function groupOf(apiVersion: unknown): string | undefined {
  if (typeof apiVersion !== 'string' || apiVersion === '' || apiVersion.startsWith('meta.k8s.io/')) return undefined;
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** What of the lists that a collection asks for a snapshot holds, be it an empty one. */
export class SeenLists {
  /** `group/Kind` of known kinds of which there was an object or a list. */
  readonly #seen = new Set<string>();
  /** Names of files, less their endings, that hold an empty list of kind List: kubectl prints no other, so the name has to tell. */
  readonly #emptyFiles = new Set<string>();
  #hasEmptyList = false;
  readonly #refused = new Set<string>();
  readonly #defined = new Map<string, Kind>();
  #last: { readonly kind: unknown; readonly version: unknown } = { kind: undefined, version: undefined };
  #minor: number | undefined;
  #isOfCluster = false;
  /** The file that is being read, and what it has held so far. */
  #file: { readonly path: string; readonly lists: Set<string> } = { path: '', lists: new Set() };

  /** Whether something comes from an API server: a list, or an object with a uid. Manifests have neither. */
  get isOfCluster(): boolean {
    return this.#isOfCluster;
  }

  /** A file is about to be read. */
  begin(path: string): void {
    this.#file = { path, lists: new Set() };
    this.#last = { kind: undefined, version: undefined };
  }

  /**
   * A file could not be read to its end. Lists that are not whole therefore, as a part of a gap: those of which it held something, and the one
   * that it is named after. Nothing where neither tells.
   */
  cutShort(path: string): { readonly resources?: readonly string[] } {
    const lists = this.#file.path === path ? this.#file.lists : new Set<string>();
    const name = nameOf(path);
    const named = BUILT_IN_BY_NAME.get(name)?.list ?? (OPTIONAL_KINDS.has(name.slice(name.indexOf('.') + 1)) ? name : undefined);
    if (named !== undefined) this.#refused.add(named);
    const resources = [...new Set([...lists, ...(named === undefined ? [] : [named])])];
    return resources.length === 0 ? {} : { resources };
  }

  /** A list has ended: its kind says what it is of (`PodList`), or, where that is `List` or missing and it was empty, the name of its file. */
  list(
    { kind, apiVersion }: { readonly kind?: string; readonly apiVersion?: string },
    { file, isEmpty }: { readonly file: string; readonly isEmpty: boolean },
  ): void {
    const isTyped = kind !== undefined && kind !== LIST && kind.endsWith(LIST) && !kind.startsWith(METADATA);
    // Manifests come as a List too, but as none that is empty; clouds print empty lists too, and no kind of them.
    const isKubectls = isEmpty && kind === LIST;
    this.#isOfCluster ||= isTyped || isKubectls;
    this.#hasEmptyList ||= isKubectls;
    if (isTyped) this.#note(kind.slice(0, -LIST.length), groupOf(apiVersion));
    else if (isEmpty) this.#emptyFiles.add(nameOf(file));
  }

  /** An object that the inventory keeps. The hints are its list's. */
  object({ kind, apiVersion, metadata, spec }: RawObject, hint: { readonly kindHint?: string; readonly apiVersionHint?: string }): void {
    if (!this.#isOfCluster && isObject(metadata) && metadata.uid !== undefined) this.#isOfCluster = true;
    const own = kind ?? hint.kindHint;
    if (own === 'CustomResourceDefinition') this.#define(spec);
    const version = apiVersion ?? hint.apiVersionHint;
    if (own === this.#last.kind && version === this.#last.version) return;
    this.#last = { kind: own, version };
    // Of metadata alone the inventory keeps Secrets.
    if (own === METADATA) this.#note('Secret', undefined);
    else if (typeof own === 'string') this.#note(own, groupOf(version));
  }

  /** The API server was asked about itself. */
  server(gitVersion?: string): void {
    this.#isOfCluster = true;
    const minor = /^v?1\.(\d{1,3})(?!\d)/.exec(gitVersion ?? '')?.[1];
    if (minor !== undefined) this.#minor = Number(minor);
  }

  /** A list that somebody may not read has a gap of its own. */
  refused(lists: readonly string[]): void {
    for (const list of lists) this.#refused.add(list);
  }

  /**
   * Lists that a collection asks for and of which nothing was seen, in its order; kinds that the cluster's version does not have by default are
   * not missed. None where nothing of Kubernetes was seen at all: what holds a cloud alone lacks no list of a cluster.
   */
  missing(): readonly string[] {
    if (this.#seen.size === 0 && !this.#hasEmptyList) return [];
    return this.#missing().map(({ list }) => list);
  }

  /** Whether the version of the server, which nothing told, could make fewer of them missing. */
  get hangsOnVersion(): boolean {
    return this.#minor === undefined && this.#missing().some(({ kind }) => SERVED_SINCE.has(kind));
  }

  #missing(): readonly Kind[] {
    const served = BUILT_IN.filter(({ kind }) => (this.#minor ?? Number.POSITIVE_INFINITY) >= (SERVED_SINCE.get(kind) ?? 0));
    return [...served, ...this.#defined.values()].filter((one) => !this.#has(one));
  }

  #has({ kind, group, names }: Kind): boolean {
    return this.#seen.has(keyOf(group, kind)) || names.some((name) => this.#emptyFiles.has(name) || this.#refused.has(name));
  }

  #note(kind: string, group: string | undefined): void {
    const known = BUILT_IN_BY_KIND.get(kind);
    // Old groups served some of today's kinds.
    if (known !== undefined && (group === undefined || group === known.group || group === 'extensions')) {
      this.#seen.add(keyOf(known.group, kind));
      this.#file.lists.add(known.list);
    } else if (group !== undefined && OPTIONAL_KINDS.has(group) && this.#seen.size < BUILT_IN.length + MOST_DEFINED) {
      this.#seen.add(keyOf(group, kind));
      if (PLURAL.test(pluralOf(kind))) this.#file.lists.add(`${pluralOf(kind)}.${group}`);
    }
  }

  #define(spec: unknown): void {
    const { group, names } = isObject(spec) ? spec : {};
    const { kind, plural } = isObject(names) ? names : {};
    if (typeof group !== 'string' || typeof kind !== 'string' || typeof plural !== 'string' || !PLURAL.test(plural)) return;
    const kinds = OPTIONAL_KINDS.get(group);
    const isAskedFor = kinds === undefined ? OPTIONAL_KINDS.has(group) : kinds.has(kind);
    if (!isAskedFor || this.#defined.size >= MOST_DEFINED) return;
    const list = `${plural}.${group}`;
    // Of `networkpolicies` kubectl prints the built-in ones, whoever else has the name.
    this.#defined.set(keyOf(group, kind), { kind, group, list, names: BUILT_IN_BY_NAME.has(plural) ? [list] : [list, plural] });
  }
}

/** `pods` of `dump/pods.json.gz`. */
const nameOf = (path: string): string =>
  basename(path)
    .toLowerCase()
    .replace(/(?:\.(?:json|jsonl|ya?ml|gz|txt))+$/, '');
