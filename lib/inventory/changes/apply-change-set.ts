import { withDefaultRoles } from '../default-roles.ts';
import { withExpectedPods } from '../expected-pods.ts';
import type { Inventory } from '../inventory.ts';
import type { Pod } from '../kubernetes.ts';
import { withGapId } from '../normalise/gap-id.ts';
import { UnreadControllers } from '../normalise/unread-controllers.ts';
import { applyKeys, type KeyContext } from './apply-keys.ts';
import { isAwsAuth, withAwsAuth } from './aws-auth-change.ts';
import { removeWithDependents, withController } from './cascade.ts';
import { type Change, ChangeError, type ChangeNote, nameText, type ObjectName } from './change.ts';
import { cloudKind } from './cloud-kinds.ts';
import { CloudObjects } from './cloud-objects.ts';
import { jsonPatch } from './json-patch.ts';
import { keptKind } from './kept-kinds.ts';
import { KeptObjects } from './kept-objects.ts';
import { manifestOf } from './manifest-of.ts';
import { isJsonObject, mergePatch } from './merge-patch.ts';
import { kindMeant, nearestObject } from './nearest-object.ts';
import { normaliseManifest } from './normalise-manifest.ts';
import { replace, replaceStandIn } from './replace.ts';

/** Manifests of a kind that is not read. */
export interface NotJudged {
  readonly kind: string;
  /** API group; empty: the core. */
  readonly group: string;
  readonly count: number;
  /** Whether their controllers make pods, which are then not judged either. */
  readonly makesPods: boolean;
}

type Unused = Extract<ReturnType<typeof normaliseManifest>, { unused: object }>['unused'];

/** A world after hypothetical changes. */
export interface ChangedWorld {
  readonly inventory: Inventory;
  readonly notes: readonly ChangeNote[];
  /** Changes that cuts named in cloud accounts and the like, which are made in the graph: the edges that they close are closed. */
  readonly inGraph: readonly string[];
  /** Kinds of manifests that were left out, those that make pods first. */
  readonly notJudged: readonly NotJudged[];
}

/** Larger sets are no thought of a person any more. */
const MOST_CHANGES = 20_000;

interface Making extends KeyContext {
  /** Place of the change that is being made. */
  at: number;
  readonly base: KeptObjects;
  readonly inGraph: string[];
  readonly clouds: CloudObjects;
  readonly notJudged: Map<string, NotJudged>;
  readonly unread: UnreadControllers;
  awsAuth: Inventory['kubernetes']['awsAuth'];
}

type Notes = readonly string[];

/** The object that a change means, or why there is none. */
function found(
  { objects, base, at }: Making,
  target: ObjectName,
): { readonly kept: NonNullable<ReturnType<KeptObjects['find']>> } | { readonly gone: string } {
  const kept = objects.find(target);
  if (kept === undefined) {
    const meant = kindMeant(target.kind);
    const of = target.apiVersion === undefined ? '' : ' and API group';
    throw new ChangeError(
      meant === undefined || meant === target.kind
        ? `${nameText(target)}: the inventory keeps no objects of this kind${of}, so that a change to one changes nothing; leave it out`
        : `${nameText(target)}: there is no such kind; write it as the API does, \`${meant}\``,
      at,
    );
  }
  if (kept.record !== undefined) return { kept };
  if (base.find(target)?.record !== undefined) return { gone: `${nameText(target)} is gone by an earlier change` };
  const nearest = nearestObject(target, objects.ofKind(kept.list, target.kind));
  const hint = nearest === undefined ? '' : `; the nearest is ${nearest}`;
  throw new ChangeError(`${nameText(target)} is not in the data${hint}; check kind, namespace and name`, at);
}

function remove(making: Making, target: ObjectName): Notes {
  if (isAwsAuth(target)) {
    making.awsAuth = [];
    return ['nobody is mapped by the ConfigMap kube-system/aws-auth any more; access entries stay'];
  }
  const cloud = cloudKind(target.kind, target.apiVersion);
  if (cloud !== undefined) {
    const problem = making.clouds.remove(cloud, target.name);
    if (problem !== undefined) throw new ChangeError(`${nameText(target)} ${problem}`, making.at);
    return [];
  }
  if (keptKind(target.kind, target.apiVersion) === undefined) {
    // A controller of an add-on is not kept, what it made is.
    const notes = withController(making.objects, { ...target, namespace: target.namespace ?? 'default' });
    if (notes.length > 0) return notes.map((note) => `${nameText(target)}: ${note}`);
  }
  const which = found(making, target);
  if ('gone' in which) return [which.gone];
  const { list, record } = which.kept;
  if (record === undefined) return [];
  return removeWithDependents(making.objects, { list, record }).map((note) => `${nameText(target)}: ${note}`);
}

/** ` of Deployment web`, for whoever looks for it in a long file. */
function nameIn(manifest: unknown): string {
  if (!isJsonObject(manifest) || typeof manifest.kind !== 'string' || !isJsonObject(manifest.metadata)) return '';
  const { namespace, name } = manifest.metadata;
  if (typeof name !== 'string') return '';
  return ` of ${nameText({ kind: manifest.kind, name, ...(typeof namespace === 'string' ? { namespace } : {}) })}`;
}

/** Counts what is of a kind that is not read, and says what that means. */
function leaveOut({ notJudged, unread }: Making, manifest: unknown, unused: Unused): Notes {
  const { kind, group, makesPods } = unused;
  const key = JSON.stringify([kind, group]);
  const known = notJudged.get(key) ?? { kind, group, makesPods: false, count: 0 };
  notJudged.set(key, { kind, group, makesPods: known.makesPods || makesPods, count: known.count + 1 });
  if (!makesPods) return [`${nameText(unused)} decides nothing here and is left out`];
  if (isJsonObject(manifest)) unread.add(manifest, unused, { source: 'snapshot' });
  return [
    `${nameText(unused)} is of a kind that is not read and is left out, with the pods that it makes; preview a Deployment of its template instead`,
  ];
}

function apply(making: Making, manifest: unknown): Notes {
  const { objects, at } = making;
  const read = normaliseManifest(manifest, at);
  if ('broken' in read) throw new ChangeError(`the manifest${nameIn(manifest)} cannot be read: ${read.broken}; correct it`, at);
  if ('unused' in read) return leaveOut(making, manifest, read.unused);
  const { list, record } = read.kept;
  const kind = isJsonObject(manifest) ? String(manifest.kind) : '';
  if (list === 'pods' && kind !== 'Pod') {
    const name = nameText({ kind, ...record, name: (record as Pod).owner?.name ?? record.name });
    return replaceStandIn(objects, record as Pod).map((note) => `${name}: ${note}`);
  }
  const { apiGroup } = record;
  const target = { ...record, kind, ...(list === 'enginePolicies' && apiGroup !== undefined ? { apiVersion: `${apiGroup}/v1` } : {}) };
  const base = objects.find(target)?.record;
  return replace(objects, { list, base, next: record }).map((note) => `${nameText(target)}: ${note}`);
}

function patch(making: Making, change: Extract<Change, { change: 'patch' }>): Notes {
  const { target } = change;
  if (cloudKind(target.kind, target.apiVersion) !== undefined)
    throw new ChangeError(
      `${nameText(target)}: what clouds say cannot be patched; change the answer that says it and give that, such as what \`aws iam get-role\` prints`,
      making.at,
    );
  const which = found(making, target);
  if ('gone' in which) throw new ChangeError(which.gone, making.at);
  const { list, record } = which.kept;
  if (record === undefined) return [];
  if (list === 'enginePolicies')
    throw new ChangeError(`${nameText(target)}: the policies of engines are named and not read; delete it or leave it`, making.at);
  if (list === 'pods' && 'template' in record)
    throw new ChangeError(`${nameText(target)} is what its controller would make; patch that one`, making.at);
  const { kind, apiVersion } = keptKind(target.kind, target.apiVersion) ?? { kind: target.kind, apiVersion: '' };
  const manifest = { apiVersion, kind, ...manifestOf(list, record as never) };
  const patched =
    'merge' in change
      ? mergePatch(manifest, change.merge)
      : jsonPatch(manifest, change.json, (message) => {
          throw new ChangeError(
            `the patch of ${nameText(target)} does not fit what is kept of it: ${message}; look at the object with \`kubectl get -o json\``,
            making.at,
          );
        });
  const read = normaliseManifest(patched);
  const stays = isJsonObject(patched) && patched.kind === kind;
  if (!('kept' in read))
    throw new ChangeError(
      `${nameText(target)} is none any more once it is patched: ${'broken' in read ? read.broken : 'another kind'}; correct the patch`,
      making.at,
    );
  const next = read.kept.record;
  if (!stays || read.kept.list !== list || next.name !== record.name || next.namespace !== record.namespace)
    throw new ChangeError(
      `the patch gives ${nameText(target)} another kind, name or namespace, which no API server allows; delete it and apply another`,
      making.at,
    );
  return replace(making.objects, { list, base: record, next }, true).map((note) => `${nameText(target)}: ${note}`);
}

function make(making: Making, change: Change): Notes {
  switch (change.change) {
    case 'delete':
      return remove(making, change.target);
    case 'apply':
      return apply(making, change.manifest);
    case 'patch':
      return patch(making, change);
    case 'cloud-answer':
      return making.clouds.apply(change.records);
    case 'aws-auth': {
      const { mappings, note } = withAwsAuth(making.awsAuth, change);
      making.awsAuth = mappings;
      return note === undefined ? [] : [note];
    }
    case 'keys': {
      const { notes, inGraph } = applyKeys(making, change.keys);
      making.inGraph.push(...inGraph);
      return notes;
    }
  }
}

/**
 * The inventory as it would be after changes, made one after the other; what nothing touches stays the same object in memory. A deletion takes
 * with it what falls with the object; the template of a controller is passed on to its pods. Pure: the inventory that is given stays as it is.
 * Throws ChangeError, with the change's place, for one that cannot be made: nothing is ignored silently.
 */
export function applyChangeSet(inventory: Inventory, changes: readonly Change[]): ChangedWorld {
  if (changes.length > MOST_CHANGES)
    throw new ChangeError(
      `there are ${changes.length} changes, and at most ${MOST_CHANGES} are made at once; collect a snapshot of the changed cluster instead`,
    );
  const objects = new KeptObjects(inventory.kubernetes);
  const making: Making = {
    objects,
    base: new KeptObjects(inventory.kubernetes),
    issuer: inventory.cluster.issuer,
    inGraph: [],
    clouds: new CloudObjects(inventory),
    notJudged: new Map(),
    unread: new UnreadControllers(),
    awsAuth: inventory.kubernetes.awsAuth,
    at: 0,
  };
  const notes = changes.flatMap((change, at) => {
    making.at = at;
    return make(making, change).map((says): ChangeNote => ({ at, says }));
  });
  const { awsAuth } = making;
  const kubernetes = { ...withDefaultRoles(withExpectedPods(objects.finish())), ...(awsAuth === undefined ? {} : { awsAuth }) };
  return {
    inventory: { ...inventory, ...making.clouds.finish(), kubernetes, gaps: [...inventory.gaps, ...making.unread.gaps().map(withGapId)] },
    notes,
    inGraph: making.inGraph,
    notJudged: [...making.notJudged.values()].sort((one, other) => Number(other.makesPods) - Number(one.makesPods)),
  };
}
