import type { Gap } from './gap.ts';
import type { Cluster, Inventory } from './inventory.ts';
import { createAwsCollector, normaliseAwsAnswer } from './normalise/aws-answer.ts';
import { createAzureCollector } from './normalise/azure/azure-collector.ts';
import type { CloudAnswerOrigin } from './normalise/cloud-collector.ts';
import { chooseCluster } from './normalise/cluster-choice.ts';
import { FieldReader, isObject, type Malformation, type RawObject } from './normalise/field-reader.ts';
import { withGapId } from './normalise/gap-id.ts';
import { createGcpCollector } from './normalise/gcp/gcp-collector.ts';
import { KIND_RULES, KindStores } from './normalise/kinds.ts';
import { Pool } from './normalise/pool.ts';
import { looksLikeSecretMetadata } from './normalise/secret.ts';
import { Siblings } from './normalise/siblings.ts';
import { statusGap } from './normalise/status-gap.ts';

/** Where an object comes from, for gaps. The hints serve lists whose items do not repeat their kind, as the raw API prints them. */
export interface ObjectOrigin {
  readonly source: Gap['source'];
  readonly file?: string;
  /** JSON pointer of the object in its file, for example `/items/3`. */
  readonly pointer?: string;
  readonly kindHint?: string;
  readonly apiVersionHint?: string;
}

/** Where an AWS answer comes from: its file, and what the file's path says (`ACCOUNT/COMMAND/RESOURCE.json`). */
export interface AwsAnswerOrigin {
  readonly file: string;
  readonly account?: string;
  readonly command?: string;
  readonly resource?: string;
}

/** Takes objects as they come from the API or kubectl, in any order, keeps what the inventory keeps, merges duplicates. Pure; no I/O. */
export interface InventoryBuilder {
  /** One object that is not a List. Whether the inventory uses that kind. A malformed one adds a gap and is left out; never throws for data. */
  addObject(object: unknown, origin: ObjectOrigin): boolean;
  /** One answer of the `aws` command. False: it is none that is known. */
  addAwsAnswer(answer: unknown, origin: AwsAnswerOrigin): boolean;
  /** One answer of Google Cloud's REST APIs or of `gcloud … --format json`. False: it is none. */
  addGcpAnswer(answer: unknown, origin: CloudAnswerOrigin): boolean;
  /** One answer of Azure's management or Graph REST APIs or of `az … -o json`. False: it is none. */
  addAzureAnswer(answer: unknown, origin: CloudAnswerOrigin): boolean;
  addGap(gap: Omit<Gap, 'id'>): void;
  setCluster(cluster: Partial<Cluster>): void;
  /** Everything so far, sorted, without duplicates. `cluster` is a name, an ARN or an issuer, and chooses where the data names several. */
  finish(options?: { readonly cluster?: string }): Inventory;
}

/** After so many malformed objects of one kind in one file the rest are only counted. */
const MALFORMED_PER_FILE = 20;

export function createInventoryBuilder(): InventoryBuilder {
  const stores = new KindStores();
  const aws = createAwsCollector();
  const gcp = createGcpCollector();
  const azure = createAzureCollector();
  const gaps = new Map<string, Gap>();
  const claims = {
    issuers: new Set<string>(),
    versions: new Set<string>(),
    servers: new Set<string>(),
    names: new Set<string>(),
    uids: new Set<string>(),
  };
  const normalising = { fields: new FieldReader(), pool: new Pool(), siblings: new Siblings() };
  const malformed = new Map<string, { count: number; readonly kind: string; readonly origin: ObjectOrigin }>();

  function addGap(gap: Omit<Gap, 'id'>): void {
    const whole = withGapId(gap);
    gaps.set(whole.id, whole);
  }

  function addMalformed(object: RawObject, kind: string, at: { origin: ObjectOrigin; malformation: Malformation }): void {
    const key = JSON.stringify([at.origin.source, at.origin.file, kind]);
    const seen = malformed.get(key) ?? { count: 0, kind, origin: at.origin };
    malformed.set(key, seen);
    seen.count += 1;
    if (seen.count <= MALFORMED_PER_FILE) addGap(malformedGap(object, kind, at));
  }

  return {
    addObject(object, origin) {
      if (!isObject(object)) {
        addMalformed({}, origin.kindHint ?? 'object', { origin, malformation: { pointer: '', expected: 'an object' } });
        return false;
      }
      const failure = statusGap(object, origin);
      if (failure !== undefined) addGap(failure);
      const kind = kindOf(object, origin);
      const rule = kind === undefined ? undefined : KIND_RULES.get(kind);
      if (kind === undefined || rule === undefined || !isOfGroup(object, origin, rule.groups)) return false;
      normalising.fields.reset();
      const keep = rule.read(object, normalising);
      const { malformation } = normalising.fields;
      if (kind === 'Namespace') noteClusterUid(object, claims.uids);
      if (malformation === undefined) keep(stores);
      else addMalformed(object, kind, { origin, malformation });
      return true;
    },
    addAwsAnswer: (answer, origin) => normaliseAwsAnswer(answer, origin, aws),
    addGcpAnswer: (answer, origin) => gcp.add(answer, origin),
    addAzureAnswer: (answer, origin) => azure.add(answer, origin),
    addGap,
    setCluster(cluster) {
      if (cluster.issuer) claims.issuers.add(cluster.issuer);
      if (cluster.version) claims.versions.add(cluster.version);
      if (cluster.server) claims.servers.add(cluster.server);
      if (cluster.name) claims.names.add(cluster.name);
    },
    finish(options = {}) {
      normalising.siblings.clear();
      const collected = aws.finish();
      const google = gcp.finish();
      const microsoft = azure.finish();
      const choice = chooseCluster({
        ...claims,
        eksClusters: collected.aws.eksClusters,
        ...(options.cluster === undefined ? {} : { asked: options.cluster }),
      });
      const all = new Map(gaps);
      const more = [...malformed.values()].filter(({ count }) => count > MALFORMED_PER_FILE).map(uncountedGap);
      for (const gap of [...collected.gaps, ...google.gaps, ...microsoft.gaps, ...choice.gaps, ...more].map(withGapId))
        all.set(gap.id, gap);
      return {
        cluster: choice.cluster,
        kubernetes: stores.list(),
        aws: collected.aws,
        gcp: google.part,
        azure: microsoft.part,
        gaps: [...all.values()].sort(byPlace),
      };
    },
  };
}

/** The uid of `kube-system` lives as long as its cluster, so two of them are two clusters. */
function noteClusterUid(namespace: RawObject, uids: Set<string>): void {
  const { metadata } = namespace;
  if (isObject(metadata) && metadata.name === 'kube-system' && typeof metadata.uid === 'string') uids.add(metadata.uid);
}

/** What the object is; metadata alone does not say, so there the hint or the content does. */
function kindOf(object: RawObject, origin: ObjectOrigin): string | undefined {
  const kind = typeof object.kind === 'string' && object.kind !== '' ? object.kind : origin.kindHint;
  if (kind !== 'PartialObjectMetadata') return kind;
  return origin.kindHint === 'Secret' || looksLikeSecretMetadata(object) ? 'Secret' : undefined;
}

/** Whether the object is of one of these API groups, as far as it or the hint says. */
function isOfGroup(object: RawObject, origin: ObjectOrigin, groups: readonly string[]): boolean {
  const own = typeof object.apiVersion === 'string' && object.apiVersion !== '' ? object.apiVersion : origin.apiVersionHint;
  if (own === undefined || object.kind === 'PartialObjectMetadata' || own.startsWith('meta.k8s.io/')) return true;
  const slash = own.indexOf('/');
  return groups.includes(slash < 0 ? '' : own.slice(0, slash));
}

function malformedGap(
  object: RawObject,
  kind: string,
  { origin, malformation }: { origin: ObjectOrigin; malformation: Malformation },
): Omit<Gap, 'id'> {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const name = [metadata.namespace, metadata.name]
    .filter((part) => typeof part === 'string')
    .join('/')
    .slice(0, 300);
  return {
    source: origin.source,
    what: name === '' ? `a ${kind}` : `${kind} \`${name}\``,
    ...(origin.file === undefined ? {} : { where: origin.file, file: origin.file }),
    why: `malformed: expected ${malformation.expected} at \`${malformation.pointer.slice(0, 300)}\``,
    remedy: 'collect the object again; it was left out',
    pointer: `${origin.pointer ?? ''}${malformation.pointer}`,
  };
}

function uncountedGap({ count, kind, origin }: { count: number; kind: string; origin: ObjectOrigin }): Omit<Gap, 'id'> {
  return {
    source: origin.source,
    what: `${count - MALFORMED_PER_FILE} more of kind ${kind}`,
    ...(origin.file === undefined ? {} : { where: origin.file, file: origin.file }),
    why: `malformed: the first ${MALFORMED_PER_FILE} have gaps of their own`,
    remedy: 'collect the objects again; they were left out',
  };
}

function byPlace(one: Gap, other: Gap): number {
  const left = [one.source, one.file ?? '', one.what, one.where ?? '', one.id];
  const right = [other.source, other.file ?? '', other.what, other.where ?? '', other.id];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}
