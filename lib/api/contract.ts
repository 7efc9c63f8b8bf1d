import type { Certainty, NodeKind, TechniqueClass, TechniqueId } from '../graph/kinds.ts';
import type { Gap } from '../inventory/gap.ts';

/**
 * What `/api/v1/…` answers. Types only: this file ships to the browser. Every list is bounded and says its total.
 * Errors are `application/problem+json` (RFC 9457) in the shape of `Problem`.
 */

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** A node as lists, search and the canvas show it. */
export interface NodeSummary {
  /** Kind-prefixed id, for example `sa:shop/api`. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly namespace?: string;
}

/** Whether a way is certain on its own, or hangs on something (which the edge says). */
export type Surety = 'certain' | 'conditional';

export interface Evidence {
  /** Kind of the object, as its API names it: `RoleBinding`, `Pod`, `AwsRole`. */
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  /** RFC 6901 JSON pointer into that object. */
  readonly pointer: string;
  readonly says: string;
}

/** How to close an edge: what to change, the command, and what the change takes away. */
export interface Fix {
  readonly says: string;
  readonly command?: string;
  readonly sideEffect?: string;
}

export interface EdgeSummary {
  readonly from: NodeSummary;
  readonly to: NodeSummary;
  readonly technique: TechniqueId;
  readonly title: string;
  readonly class: TechniqueClass;
  readonly certainty: Certainty;
  /** Whether an attacker moves along it; `runs-as` and `scheduled-on` only say how things are. */
  readonly walked: boolean;
}

export interface EdgeDetail extends EdgeSummary {
  /** What the attacker does, in a sentence. */
  readonly action: string;
  readonly precondition: string;
  readonly evidence: readonly Evidence[];
  /** What a conditional or possible edge hangs on. */
  readonly hangsOn?: string;
  readonly fix: Fix;
  readonly attck: readonly string[];
  readonly references: readonly string[];
}

/** GET /api/v1/status */
export interface Status {
  readonly state: 'loading' | 'ready' | 'failed';
  /** `demo`, a path, or a context's name: what was asked for. */
  readonly source: { readonly type: 'demo' | 'snapshot' | 'kubernetes' | 'upload'; readonly label: string };
  readonly cluster: { readonly name?: string; readonly server?: string; readonly issuer?: string; readonly version?: string };
  /** ISO 8601; when the data was read. */
  readonly collectedAt?: string;
  /** Milliseconds that loading took. */
  readonly tookMs?: number;
  readonly progress: readonly { readonly what: string; readonly count: number; readonly total?: number; readonly done: boolean }[];
  readonly gaps: readonly Gap[];
  readonly counts: {
    readonly nodes: number;
    readonly edges: number;
    readonly byKind: readonly { readonly kind: NodeKind; readonly count: number }[];
  };
  /** Why the last load failed; the last good data stays on screen. */
  readonly error?: string;
}

/** GET /api/v1/search?q=&kind=&limit= ; an empty q gives the first of the kind. */
export interface SearchAnswer {
  readonly total: number;
  readonly nodes: readonly NodeSummary[];
}

/** What a set of reached nodes means, in the order of how bad it is. */
export interface ReachSummary {
  /** `cluster admin in 2 hops, 214 secrets, 3 cloud identities, 1 of them administrator` */
  readonly verdict: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'none';
  readonly clusterAdmin?: { readonly hops: number; readonly certainty: Surety };
  /** Per group: how many, and how many of them surely. Groups with none are left out. */
  readonly groups: readonly {
    readonly group:
      | 'cluster-admin'
      | 'namespace-admin'
      | 'nodes'
      | 'secrets'
      | 'service-accounts'
      | 'pods'
      | 'cloud-admins'
      | 'cloud-roles';
    readonly label: string;
    readonly total: number;
    readonly certain: number;
    readonly kinds: readonly NodeKind[];
    readonly minHops: number;
  }[];
  readonly total: number;
}

export interface ReachedNode extends NodeSummary {
  readonly hops: number;
  readonly certainty: Surety;
  /** The edge that reached it first; follow `from` back to the start. */
  readonly via: { readonly from: string; readonly technique: TechniqueId; readonly certainty: Certainty };
}

/** GET /api/v1/reach?from=ID(&from=ID…)&direction=forward|reverse&depth=&classes=rbac,token&certainty=certain|all&kind=&hop=&offset=&limit= */
export interface ReachAnswer {
  readonly from: readonly NodeSummary[];
  readonly direction: 'forward' | 'reverse';
  readonly summary: ReachSummary;
  /** One entry per hop, nearest first, of the whole answer before `kind`, `hop`, `offset` and `limit`. */
  readonly byHop: readonly {
    readonly hops: number;
    readonly total: number;
    readonly certain: number;
    readonly byKind: readonly { readonly kind: NodeKind; readonly count: number }[];
  }[];
  /** How many match `kind` and `hop`; `reached` holds a page of them. */
  readonly total: number;
  readonly reached: readonly ReachedNode[];
  readonly gaps: readonly Gap[];
}

/** GET /api/v1/paths?from=&to=&k=&by=hops|ease : the shortest, or the easiest that differ in more than one hop */
export interface PathsAnswer {
  readonly from: NodeSummary;
  readonly to: NodeSummary;
  readonly paths: readonly {
    readonly hops: readonly EdgeDetail[];
    readonly certainty: Surety;
    /** Hops, and behind the point those that are conditional; by ease the sum of difficulties. Lower is easier. */
    readonly cost: number;
  }[];
  /** Every technique on ways as short as these, or one hop longer. */
  readonly techniques: readonly TechniqueId[];
  readonly gaps: readonly Gap[];
}

/** One box on the canvas: a node, or several pods of one workload that stand for each other. */
export interface CanvasNode {
  /** A node id, or `workload:…` for a group of pods. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly namespace?: string;
  /** Column from the left: 0 exposure/pod … see `COLUMNS`. */
  readonly column: number;
  /** Number of nodes it stands for; 1 for a plain node. */
  readonly count: number;
  /** Present with a blast radius: distance from the start; 0 is the start itself. */
  readonly hops?: number;
  readonly certainty?: Surety;
}

export interface CanvasEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly techniques: readonly TechniqueId[];
  readonly class: TechniqueClass;
  readonly certainty: Certainty;
  /** Present with a blast radius: whether it is on the way. */
  readonly lit?: boolean;
}

/**
 * GET /api/v1/graph : the top risky chains
 * GET /api/v1/graph?select=ID(&select=…)&direction=&depth=&classes=&certainty=&open=WORKLOAD_ID : neighbourhood and blast radius
 */
export interface GraphAnswer {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  /** What was left out to stay within the bound: by kind, with a sentence. */
  readonly omitted: readonly { readonly kind: NodeKind; readonly count: number; readonly why: string }[];
  readonly summary?: ReachSummary;
}

/** GET /api/v1/node?id= */
export interface NodeDetail {
  readonly node: NodeSummary;
  /** Facts worth a line: `Service account` → `shop/api`, `Scheduled on` → `ip-10-0-1-4`. A value with an id is a link. */
  readonly properties: readonly { readonly name: string; readonly value: string; readonly id?: string }[];
  readonly reaches: ReachSummary;
  readonly reachedBy: { readonly total: number; readonly pods: number; readonly sample: readonly NodeSummary[] };
  /** RBAC rules that hold for it, each with the binding and role that give it. Subjects only. */
  readonly permissions: readonly {
    readonly scope: string;
    readonly rule: {
      readonly verbs: readonly string[];
      readonly apiGroups: readonly string[];
      readonly resources: readonly string[];
      readonly resourceNames: readonly string[];
      readonly nonResourceURLs: readonly string[];
    };
    readonly binding: NodeSummary;
    readonly role: NodeSummary;
    readonly subject: string;
  }[];
  /** AWS roles and statements only. */
  readonly statements: readonly {
    readonly policy: string;
    readonly sid?: string;
    readonly effect: 'Allow' | 'Deny';
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly conditions: readonly string[];
  }[];
  /** Edges, most telling first, at most 200 each way. */
  readonly out: { readonly total: number; readonly edges: readonly EdgeSummary[] };
  readonly in: { readonly total: number; readonly edges: readonly EdgeSummary[] };
  /** The object as the inventory keeps it, as YAML; never a secret value. */
  readonly yaml?: string;
  readonly gaps: readonly Gap[];
}

/** GET /api/v1/edge?from=&to=&technique= answers one EdgeDetail. */

export type { CloudLink, LinksAnswer, Overview, TechniquesAnswer, WorkloadsAnswer } from './overview-contract.ts';

/** Titles of the canvas columns, left to right; `CanvasNode.column` indexes them. */
export const COLUMNS = [
  'Exposure',
  'Workloads',
  'Service accounts',
  'Groups',
  'Bindings',
  'Roles',
  'What it may do',
  'Targets',
  'Cloud identities',
  'Cloud permissions',
] as const;

/**
 * POST /api/v1/snapshot : body is the file (JSON, YAML, .gz, .tar.gz, .zip), name in `X-File-Name`; answers Status.
 * POST /api/v1/reload : read the configured source again; answers Status.
 */
export const API_ROOT = '/api/v1';
