import type { CloudLink } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Namespace, Secret, Workload } from '../../inventory/kubernetes.ts';
import type { Evidence } from '../model.ts';
import type { NodeTableBuilder } from '../table-builder.ts';
import { type Bindable, bindableRoles } from './bindable.ts';
import { existence, unread } from './coverage.ts';
import { type PodFacts, podFacts } from './pods.ts';
import { RightHolders } from './right-holders.ts';
import { type AnyOf, type Holding, holdings, type Part } from './rights.ts';
import { type SubjectFacts, type Subjects, subjectFacts } from './subjects.ts';
import { workloadsOf } from './workloads.ts';

/** Why somebody may do something: for each part of the precondition, every rule that gives it. */
export interface Proof {
  readonly parts: readonly Part[];
  /** Objects beside the bindings and roles that it rests on. */
  readonly also?: readonly Evidence[];
  readonly hangsOn?: string;
}

/** What techniques share: the inventory, indexed once. */
export interface Facts {
  readonly inventory: Inventory;
  readonly nodes: NodeTableBuilder;
  readonly pods: PodFacts;
  /** Everybody whom a binding names, and the roles that somebody could bind. */
  readonly subjects: Subjects;
  /** Who of them holds a right by grants of his own. */
  readonly holders: RightHolders;
  readonly bindable: readonly Bindable[];
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** Names of all namespaces that an object lies in, sorted. */
  readonly everyNamespace: readonly string[];
  readonly secretsByNamespace: ReadonlyMap<string, readonly Secret[]>;
  readonly accountsByNamespace: ReadonlyMap<string, readonly number[]>;
  readonly workloadsByNamespace: ReadonlyMap<string, readonly Workload[]>;
  /** Number of the workload that owns the pod at each place, or -1. */
  readonly workloadOf: Int32Array;
  /** Whether a service account exists; true as well where service accounts could not be read. */
  readonly accountExists: (namespace: string, name: string) => boolean;
  /** Whether the node is a service account that a binding or a pod names and that is not there: it has rights, but no token. */
  readonly isAbsentAccount: (node: number) => boolean;
  /** Whether the secrets of a namespace could not be read, so that absence says nothing. */
  readonly secretsUnread: (namespace: string) => boolean;
  readonly cloudLinks: readonly CloudLink[];
  /** Minor version of the API server (36 for v1.36.2), or undefined where it is not known. */
  readonly minorVersion: number | undefined;
  /** Keeps a proof and gives its number, for an edge's detail. */
  readonly keep: (proof: Proof) => number;
  readonly proofs: readonly Proof[];
  /** Calls back for each subject's own holdings of a right (groups are subjects of their own). */
  readonly eachHolding: (rights: AnyOf, visit: (subject: SubjectFacts, holding: Holding) => void) => void;
}

/** 36 for `v1.36.2`; undefined for what is no such version. */
export function minorVersionOf(version: string | undefined): number | undefined {
  const match = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version ?? '');
  return match === null ? undefined : Number(match[1]);
}

/** Indexes an inventory; interns the nodes that objects stand for, in the inventory's order. */
export function factsOf(inventory: Inventory, nodes: NodeTableBuilder): Facts {
  const { kubernetes } = inventory;
  for (const node of kubernetes.nodes) nodes.intern('node', node.name, '', node);
  for (const account of kubernetes.serviceAccounts) nodes.intern('service-account', account.name, account.namespace, account);
  const pods = podFacts(inventory, nodes);
  for (const secret of kubernetes.secrets) nodes.intern('secret', secret.name, secret.namespace, secret);
  const named = subjectFacts(inventory, nodes);
  const { bindable, hypothetical } = bindableRoles(named, kubernetes, nodes);
  const subjects: Subjects = { ...named, all: [...named.all, ...hypothetical] };
  const holders = new RightHolders(subjects.all);
  const accounts = [...Array(nodes.count).keys()].filter((node) => nodes.kinds[node] === 'service-account');
  const accountExists = existence(inventory);
  const proofs: Proof[] = [];
  return {
    inventory,
    nodes,
    pods,
    subjects,
    holders,
    bindable,
    everyNamespace: [...new Set([...kubernetes.namespaces.map(({ name }) => name), ...nodes.namespaces])]
      .filter((name) => name !== '')
      .sort(),
    namespaces: new Map(kubernetes.namespaces.map((namespace) => [namespace.name, namespace])),
    secretsByNamespace: Map.groupBy(kubernetes.secrets, (secret) => secret.namespace),
    accountsByNamespace: Map.groupBy(accounts, (node) => nodes.namespaces[node] as string),
    workloadsByNamespace: Map.groupBy(kubernetes.workloads, (workload) => workload.namespace),
    workloadOf: workloadsOf(inventory, pods, nodes),
    accountExists,
    // A controller sees to it that every namespace has a `default`.
    isAbsentAccount: (node) =>
      nodes.kinds[node] === 'service-account' &&
      nodes.names[node] !== 'default' &&
      !accountExists(nodes.namespaces[node] as string, nodes.names[node] as string),
    secretsUnread: unread(inventory, 'secrets'),
    cloudLinks: cloudLinks(inventory),
    minorVersion: minorVersionOf(inventory.cluster.version),
    proofs,
    keep: (proof) => proofs.push(proof) - 1,
    eachHolding: (rights, visit) => {
      for (const subject of holders.of(rights)) for (const holding of holdings(subject.own, rights)) visit(subject, holding);
    },
  };
}
