import type { PodSpec } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';

/** Whether anything in a spec could ever lead to the node: few specs have it, and all ways out ask for some of it. */
const isRemarkable = ({ hostPID, hostIPC, hostNetwork, securityContext, containers, volumes }: PodSpec): boolean =>
  hostPID ||
  hostIPC ||
  hostNetwork ||
  securityContext?.hostProcess === true ||
  volumes.some(({ hostPath }) => hostPath !== undefined) ||
  containers.some(
    ({ securityContext: own }) => own?.privileged === true || own?.hostProcess === true || (own?.capabilitiesAdd.length ?? 0) > 0,
  );

const remembered = new WeakMap<Facts, readonly number[]>();

/** Places of the live pods whose spec is worth a look; gone through once for all techniques. */
export function remarkablePods(facts: Facts): readonly number[] {
  let places = remembered.get(facts);
  if (places === undefined) {
    const { pods } = facts;
    const decide = pods.perTemplate(({ spec }) => isRemarkable(spec));
    const found: number[] = [];
    for (let place = 0; place < pods.pods.length; place += 1) if (pods.live[place] === 1 && decide(place)) found.push(place);
    places = found;
    remembered.set(facts, places);
  }
  return places;
}
