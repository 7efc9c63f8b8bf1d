import type { AwsRole } from '../aws.ts';
import type { GcpDenyPolicy, GcpPolicy } from '../gcp.ts';
import { GcpNames } from '../normalise/gcp/gcp-names.ts';
import { CLOUD_KINDS, type CloudKind, type CloudRecord, type CloudRecords, nameIn, recordsOf } from './cloud-kinds.ts';

/** `get-role` says trust, tags and boundary of a role and none of its policies: those stay. */
function roleOf(base: AwsRole, { trust, tags, permissionsBoundary }: AwsRole): AwsRole {
  const { permissionsBoundary: _boundary, ...kept } = base;
  return { ...kept, trust, tags, ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }) };
}

const isNothing = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
const isBareRole = ({ kind }: CloudKind, record: CloudRecord): boolean => kind === 'IamRole' && record.policiesUnknown === true;

function replaced(kind: CloudKind, base: CloudRecord, next: CloudRecord): CloudRecord {
  if (isBareRole(kind, next)) return roleOf(base as unknown as AwsRole, next as unknown as AwsRole) as unknown as CloudRecord;
  const left = kind.kept.filter((field) => isNothing(next[field]) && base[field] !== undefined);
  return { ...next, ...Object.fromEntries(left.map((field) => [field, base[field]])) };
}

const isNew = (kind: CloudKind, record: CloudRecord): string =>
  `${kind.kind} ${String(record[kind.key]).slice(0, 400)} is new${isBareRole(kind, record) ? '; what it may do is not known, as the answer holds no policies' : ''}`;

/** The clouds of a world while changes are made to them. Lists that nothing touches stay the same lists. */
export class CloudObjects {
  readonly #base: CloudRecords;
  readonly #touched = new Map<CloudKind, Map<string, CloudRecord>>();
  readonly #names: GcpNames;

  constructor({ aws, gcp, azure }: CloudRecords) {
    this.#base = { aws, gcp, azure };
    this.#names = new GcpNames(gcp);
  }

  #recordsOf(kind: CloudKind): Map<string, CloudRecord> {
    const known = this.#touched.get(kind) ?? new Map(recordsOf(this.#base, kind).map((record) => [nameIn(record, kind), record]));
    this.#touched.set(kind, known);
    return known;
  }

  /** What an answer alone cannot tell, the data does: the id of a project that it names by number, whose a secret is. */
  #named(kind: CloudKind, record: CloudRecord): CloudRecord {
    if (kind.kind === 'GcpPolicy') return { ...this.#names.policy(record as unknown as GcpPolicy) };
    return kind.kind === 'GcpDenyPolicy' ? { ...this.#names.denyPolicy(record as unknown as GcpDenyPolicy) } : record;
  }

  /**
   * Puts every record that an answer holds into the place of the one of its name, and says which are new. What an answer leaves out stays: a deletion
   * says so itself.
   */
  apply(answer: CloudRecords): readonly string[] {
    return CLOUD_KINDS.flatMap((kind) =>
      recordsOf(answer, kind).flatMap((said) => {
        const record = this.#named(kind, said);
        const records = this.#recordsOf(kind);
        const name = nameIn(record, kind);
        const base = records.get(name);
        records.set(name, base === undefined ? record : replaced(kind, base, record));
        return base === undefined ? [isNew(kind, record)] : [];
      }),
    );
  }

  /** Removes the record that has this name, or whose name ends in it; what is said is why that cannot be. */
  remove(kind: CloudKind, name: string): string | undefined {
    const records = this.#recordsOf(kind);
    const wanted = kind.cloud === 'azure' ? name.toLowerCase() : name;
    if (records.delete(wanted)) return undefined;
    const [found, ...others] = [...records.keys()].filter((one) => one.endsWith(`/${wanted}`));
    if (found === undefined)
      return `is not in the data, which has ${records.size} of its kind; name it in full, by \`${kind.key}\` of the answer that it stands in`;
    if (others.length > 0) return `means ${others.length + 1} of them; name it in full, such as \`${found.slice(0, 400)}\``;
    records.delete(found);
    return undefined;
  }

  /** The clouds as they are now, in the order of an inventory. */
  finish(): CloudRecords {
    const world = { ...this.#base };
    for (const [kind, records] of this.#touched) {
      const inOrder = [...records.values()].sort((one, other) => (String(one[kind.key]) < String(other[kind.key]) ? -1 : 1));
      Object.assign(world, { [kind.cloud]: { ...world[kind.cloud], [kind.list]: inOrder } });
    }
    return world;
  }
}
