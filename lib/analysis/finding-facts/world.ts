import { type RbacIndex, rbacOf } from '../../access/rbac/bindings.ts';
import { existence, unread } from '../../graph/facts/coverage.ts';
import type { TechniqueId } from '../../graph/kinds.ts';
import type { Graph } from '../../graph/model.ts';
import { nodeId } from '../../graph/node-id.ts';
import { techniqueAt } from '../../graph/read.ts';
import { techniqueCode } from '../../graph/table-builder.ts';
import { techniques } from '../../graph/techniques/index.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Namespace, Pod, ServiceAccount, Workload } from '../../inventory/kubernetes.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { ExposedPod } from '../exposure.ts';
import { Summariser } from '../summariser.ts';
import type { Summary } from '../summary.ts';
import type { Walker } from '../walk.ts';
import type { WorkloadRisk } from '../workloads.ts';

/** What findings are looked for in; the server's dataset is one. */
export interface FindingBase {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly walker: Walker;
  readonly workloads: () => readonly WorkloadRisk[];
}

/** A workload, or a pod that nobody owns, with those of its pods that have not ended. */
export interface LiveWorkload {
  readonly node: number;
  /** As its API writes it: `Deployment`. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Undefined for a pod by itself, and for an owner that was not read. */
  readonly record?: Workload;
  readonly pods: readonly [Pod, ...Pod[]];
  readonly nodes: readonly number[];
  readonly summary: Summary;
  /** How it is reached from outside of the cluster; undefined: it is not. */
  readonly exposure?: ExposedPod;
}

/** The kind of an owner that was not read, as its pods name it; what is above a ReplicaSet or a Job is told by the id alone. */
function ownerKind(graph: Graph, node: number, pod: Pod): string {
  const kind = (graph.nodes.ids[node] as string).split('/')[1] ?? '';
  if (pod.owner !== undefined && pod.owner.kind.toLowerCase() === kind) return pod.owner.kind;
  return kind === 'deployment' ? 'Deployment' : kind === 'cronjob' ? 'CronJob' : kind;
}

function* liveWorkloads({ graph, workloads }: FindingBase): Generator<LiveWorkload> {
  const { records, kinds, names, namespaces } = graph.nodes;
  for (const { node, pods: nodes, summary, exposure } of workloads()) {
    const [first, ...rest] = nodes.map((pod) => records[pod] as Pod);
    if (first === undefined) continue;
    const record = kinds[node] === 'workload' ? (records[node] as Workload | undefined) : undefined;
    yield {
      node,
      kind: kinds[node] === 'pod' ? 'Pod' : (record?.kind ?? ownerKind(graph, node, first)),
      namespace: namespaces[node] as string,
      name: names[node] as string,
      ...(record === undefined ? {} : { record }),
      pods: [first, ...rest],
      nodes,
      summary,
      ...(exposure === undefined ? {} : { exposure }),
    };
  }
}

function groupedBy<T>(items: Iterable<T>, key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const list = found.get(key(item));
    if (list === undefined) found.set(key(item), [item]);
    else list.push(item);
  }
  return found;
}

const NOBODY: readonly never[] = [];

const CONTROLLERS = ['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'replicationcontrollers', 'jobs', 'cronjobs'];

/** The world with what several findings ask of it, each worked out when first asked for and once. */
export class FindingWorld {
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly walker: Walker;
  readonly #base: FindingBase;
  readonly #summariser: Summariser;
  readonly #reach = new Map<number, Summary>();
  readonly #edges = new Map<TechniqueId, readonly number[]>();
  #workloads: readonly LiveWorkload[] | undefined;
  #byAccount: ReadonlyMap<string, readonly LiveWorkload[]> | undefined;
  #byNamespace: ReadonlyMap<string, readonly LiveWorkload[]> | undefined;
  #accounts: ReadonlyMap<string, ServiceAccount> | undefined;
  #namespaces: ReadonlyMap<string, Namespace> | undefined;
  #holders: ReadonlySet<number> | undefined;
  #rbacKinds: ReadonlySet<string> | undefined;
  #lacksSecrets: ((namespace: string) => boolean) | undefined;
  #exists: ((namespace: string, name: string) => boolean) | undefined;

  constructor(base: FindingBase) {
    this.#base = base;
    this.inventory = base.inventory;
    this.graph = base.graph;
    this.walker = base.walker;
    this.#summariser = new Summariser(base.graph, base.walker);
  }

  get rbac(): RbacIndex {
    return rbacOf(this.inventory);
  }

  /** Workloads with a pod that has not ended, the riskiest first. */
  get workloads(): readonly LiveWorkload[] {
    this.#workloads ??= [...liveWorkloads(this.#base)];
    return this.#workloads;
  }

  /** Whether all pods were read: a snapshot of RBAC alone, or of controllers without pods, says nothing about who uses what. */
  get knowsPods(): boolean {
    return this.inventory.kubernetes.pods.length > 0 && !this.isUnread('pods');
  }

  /** Where nobody was found: among all pods and templates, or among those that were read. A template makes no pod while it is scaled to none. */
  get noPodOrTemplate(): string {
    const unread = CONTROLLERS.filter((resource) => this.isUnread(resource));
    return unread.length === 0 ? 'no pod and no template' : `no pod and no template that was read (${unread.join(', ')} were not)`;
  }

  /** Whether all roles or bindings of a kind were read. The API server makes some of each, so that none at all means that nobody listed them. */
  knowsAll(kind: string): boolean {
    const { roles, bindings } = this.inventory.kubernetes;
    this.#rbacKinds ??= new Set<string>([...roles, ...bindings].map((one) => one.kind));
    return this.#rbacKinds.has(kind) && !this.isUnread(`${kind.toLowerCase()}s`);
  }

  /** Whether all namespaces were read. */
  get knowsNamespaces(): boolean {
    return this.inventory.kubernetes.namespaces.length > 0 && !this.isUnread('namespaces');
  }

  /** Whether secrets of a namespace may be missing. */
  lacksSecrets(namespace: string): boolean {
    this.#lacksSecrets ??= unread(this.inventory, 'secrets');
    return this.#lacksSecrets(namespace);
  }

  get podCount(): number {
    return this.workloads.reduce((sum, { pods }) => sum + pods.length, 0);
  }

  /** Workloads whose pods run as a service account. */
  workloadsOf(namespace: string, name: string): readonly LiveWorkload[] {
    this.#byAccount ??= groupedBy(this.workloads, ({ pods: [{ namespace, spec }] }) => `${namespace}/${spec.serviceAccountName}`);
    return this.#byAccount.get(`${namespace}/${name}`) ?? NOBODY;
  }

  /** Workloads of a namespace. */
  workloadsIn(namespace: string): readonly LiveWorkload[] {
    this.#byNamespace ??= groupedBy(this.workloads, (workload) => workload.namespace);
    return this.#byNamespace.get(namespace) ?? NOBODY;
  }

  account(namespace: string, name: string): ServiceAccount | undefined {
    this.#accounts ??= new Map(this.inventory.kubernetes.serviceAccounts.map((one) => [`${one.namespace}/${one.name}`, one]));
    return this.#accounts.get(`${namespace}/${name}`);
  }

  namespace(name: string): Namespace | undefined {
    this.#namespaces ??= new Map(this.inventory.kubernetes.namespaces.map((one) => [one.name, one]));
    return this.#namespaces.get(name);
  }

  /** Whether a service account exists; true as well where service accounts could not be read. */
  accountExists(namespace: string, name: string): boolean {
    this.#exists ??= existence(this.inventory);
    return this.#exists(namespace, name);
  }

  accountNode(namespace: string, name: string): number | undefined {
    return this.graph.nodes.indexOf(nodeId('service-account', name, namespace));
  }

  /** Whether a pod holds a token for the API server, by its node. */
  holdsToken(pod: number): boolean {
    this.#holders ??= new Set(this.edgesBy('holds-token').map((edge) => this.graph.edges.from[edge] as number));
    return this.#holders.has(pod);
  }

  /** Every edge of a technique. */
  edgesBy(technique: TechniqueId): readonly number[] {
    let found = this.#edges.get(technique);
    if (found === undefined) {
      const code = techniqueCode(technique);
      const numbers: number[] = [];
      const { edges } = this.graph;
      for (let edge = 0; edge < edges.count; edge += 1) if (edges.technique[edge] === code) numbers.push(edge);
      found = numbers;
      this.#edges.set(technique, found);
    }
    return found;
  }

  /** Whether the edge leaves a container for its node. */
  isEscape(edge: number): boolean {
    return techniques[techniqueAt(this.graph, edge)].class === 'escape';
  }

  /** What a node reaches. */
  reachOf(node: number): Summary {
    let summary = this.#reach.get(node);
    if (summary === undefined) {
      summary = this.#summariser.summarise([node]);
      this.#reach.set(node, summary);
    }
    return summary;
  }

  /** Whether something about a resource could not be read, so that its absence says nothing. */
  isUnread(resource: string): boolean {
    return isUnread(this.inventory, resource);
  }
}
