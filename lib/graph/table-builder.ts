import { CERTAINTIES, type Certainty, type NodeKind, TECHNIQUE_IDS, type TechniqueId } from './kinds.ts';
import type { EdgeTable, NodeId, NodeTable, Rows } from './model.ts';
import { CLUSTER_ADMIN, nodeId } from './node-id.ts';

/** Nodes while the graph is being built; `intern` gives a node's number, adding it the first time. */
export class NodeTableBuilder implements NodeTable {
  readonly ids: NodeId[] = [];
  readonly kinds: NodeKind[] = [];
  readonly names: string[] = [];
  readonly namespaces: string[] = [];
  readonly records: unknown[] = [];
  readonly #numbers = new Map<string, number>();

  get count(): number {
    return this.ids.length;
  }

  readonly indexOf = (id: string): number | undefined => this.#numbers.get(id);

  /** The one node that stands for cluster admin. */
  clusterAdmin(): number {
    return this.internAs(CLUSTER_ADMIN, { kind: 'cluster-admin', name: 'cluster admin' });
  }

  /** Another name under which a node is found: a ReplicaSet's, whose pods are told of its Deployment. */
  alias(id: NodeId, number: number): void {
    if (!this.#numbers.has(id)) this.#numbers.set(id, number);
  }

  /** The number of a node; `record` counts only when the node is new. `name` is what the screen shows. */
  intern(kind: NodeKind, name: string, namespace = '', record?: unknown): number {
    return this.internAs(nodeId(kind, name, namespace), { kind, name, namespace, record });
  }

  /** The same for a node whose id is not made of namespace and name alone. */
  internAs(id: NodeId, node: { kind: NodeKind; name: string; namespace?: string; record?: unknown }): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.ids.length;
    this.#numbers.set(id, number);
    this.ids.push(id);
    this.kinds.push(node.kind);
    this.names.push(node.name);
    this.namespaces.push(node.namespace ?? '');
    this.records.push(node.record);
    return number;
  }
}

const CERTAINTY_CODE = new Map(CERTAINTIES.map((certainty, code) => [certainty, code]));
const TECHNIQUE_CODE = new Map(TECHNIQUE_IDS.map((id, code) => [id, code]));

export const certaintyCode = (certainty: Certainty): number => CERTAINTY_CODE.get(certainty) ?? 0;
export const techniqueCode = (technique: TechniqueId): number => TECHNIQUE_CODE.get(technique) ?? 0;

/** Edges while the graph is being built: typed arrays that double. */
export class EdgeTableBuilder implements EdgeTable {
  count = 0;
  from = new Int32Array(1024);
  to = new Int32Array(1024);
  technique = new Uint8Array(1024);
  certainty = new Uint8Array(1024);
  detail = new Int32Array(1024);

  // biome-ignore lint/complexity/useMaxParams: called a million times; an object for each edge would double the time
  push(from: number, to: number, technique: number, certainty: number, detail: number): void {
    const edge = this.count;
    if (edge === this.from.length) this.#grow();
    this.from[edge] = from;
    this.to[edge] = to;
    this.technique[edge] = technique;
    this.certainty[edge] = certainty;
    this.detail[edge] = detail;
    this.count = edge + 1;
  }

  #grow(): void {
    const size = this.from.length * 2;
    const copy = <T extends Int32Array | Uint8Array>(bigger: T, old: T): T => {
      bigger.set(old);
      return bigger;
    };
    this.from = copy(new Int32Array(size), this.from);
    this.to = copy(new Int32Array(size), this.to);
    this.technique = copy(new Uint8Array(size), this.technique);
    this.certainty = copy(new Uint8Array(size), this.certainty);
    this.detail = copy(new Int32Array(size), this.detail);
  }
}

/**
 * Groups edges by one of their ends with a counting sort: linear, and stable, so that the order is the input's. `strength` puts each edge
 * into its part of the row: 0 certain, 1 conditional, 2 not walked.
 */
export function rowsOf(table: EdgeTable, nodeCount: number, key: 'from' | 'to', strength: Uint8Array): Rows {
  const ends = key === 'from' ? table.to : table.from;
  const keys = table[key];
  const starts = new Int32Array(nodeCount * 3 + 1);
  for (let edge = 0; edge < table.count; edge += 1) {
    const place = (keys[edge] as number) * 3 + (strength[edge] as number) + 1;
    starts[place] = (starts[place] as number) + 1;
  }
  for (let place = 1; place < starts.length; place += 1) starts[place] = (starts[place] as number) + (starts[place - 1] as number);
  const rows = {
    offsets: new Int32Array(nodeCount + 1),
    certainEnd: new Int32Array(nodeCount),
    walkedEnd: new Int32Array(nodeCount),
    ends: new Int32Array(table.count),
    edges: new Int32Array(table.count),
  };
  for (let node = 0; node < nodeCount; node += 1) {
    rows.offsets[node] = starts[node * 3] as number;
    rows.certainEnd[node] = starts[node * 3 + 1] as number;
    rows.walkedEnd[node] = starts[node * 3 + 2] as number;
  }
  rows.offsets[nodeCount] = table.count;
  for (let edge = 0; edge < table.count; edge += 1) {
    const bucket = (keys[edge] as number) * 3 + (strength[edge] as number);
    const place = starts[bucket] as number;
    starts[bucket] = place + 1;
    rows.edges[place] = edge;
    rows.ends[place] = ends[edge] as number;
  }
  return rows;
}
