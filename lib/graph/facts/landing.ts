import { fits } from '../../access/scheduling/fits.ts';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { everything } from './everything.ts';
import type { Facts } from './facts.ts';

/** Nodes on which a pod runs, or may come to run. */
export interface Landing {
  /** Numbers of the nodes, or the one of all nodes; none: no node that was read fits. */
  readonly nodes: readonly number[];
  /** What it hangs on that the pod runs there; undefined: it does. */
  readonly hangsOn?: string;
}

/** More fitting nodes than this are told as all nodes: edges of pods that wait must not grow as pods times nodes. */
const MOST_NODES = 16;

const SCHEDULED = 'the pod being admitted and scheduled there, as it is on no node yet';

/** What of a spec decides where the scheduler puts it, as a key. */
const placementKey = ({ nodeSelector, nodeAffinity, tolerations }: PodSpec): string =>
  JSON.stringify([[...nodeSelector], nodeAffinity, tolerations]);

function landingOf(facts: Facts, spec: PodSpec): Landing {
  const all = facts.inventory.kubernetes.nodes;
  const fitting = all.filter((node) => fits(spec, node));
  if (fitting.length === all.length) return { nodes: [everything(facts, 'all-nodes', '')], hangsOn: SCHEDULED };
  const hangsOn = `${SCHEDULED}; ${fitting.length} of ${all.length} nodes fit`;
  if (fitting.length > MOST_NODES) return { nodes: [everything(facts, 'all-nodes', '')], hangsOn };
  return { nodes: fitting.map(({ name }) => facts.nodes.intern('node', name)), hangsOn };
}

const remembered = new WeakMap<Facts, (place: number) => Landing>();

/** Of pods without a node; specs that ask the same of nodes are asked once. */
function landingsOf(facts: Facts): (place: number) => Landing {
  const byPlacement = new Map<string, Landing>();
  return facts.pods.perTemplate(({ spec }) => {
    const key = placementKey(spec);
    const landing = byPlacement.get(key) ?? landingOf(facts, spec);
    byPlacement.set(key, landing);
    return landing;
  });
}

/**
 * Where the pod at a place of `facts.pods` runs: its node; or where no node has taken it yet (pending, or a plain manifest) the nodes that fit it by selector,
 * affinity, taints and cordon, told as all nodes where all fit, where many do, or where none was read at all.
 */
export function landing(facts: Facts, place: number): Landing {
  const scheduled = facts.pods.scheduledOn[place] as number;
  if (scheduled >= 0) return { nodes: [scheduled] };
  const known = remembered.get(facts) ?? landingsOf(facts);
  remembered.set(facts, known);
  return known(place);
}
