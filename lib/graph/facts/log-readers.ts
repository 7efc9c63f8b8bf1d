import type { Pod } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';
import { type AnyOf, covers, type Holding, holdings } from './rights.ts';

const READ_LOG: AnyOf = [{ verbs: ['get'], apiGroup: '', resource: 'pods', subresource: 'log' }];

/** Namespaces of the live pods on each node, and of the pod alone where it is on none. */
function neighbourhoods({ pods }: Facts): (place: number) => ReadonlySet<string> {
  const known = new Map<number, ReadonlySet<string>>();
  return (place) => {
    const node = pods.scheduledOn[place] as number;
    if (node < 0) return new Set([(pods.pods[place] as Pod).namespace]);
    let found = known.get(node);
    if (found === undefined) {
      const live = (pods.byNode.get(node) ?? []).filter((one) => pods.live[one] === 1);
      found = new Set(live.map((one) => (pods.pods[one] as Pod).namespace));
      known.set(node, found);
    }
    return found;
  };
}

/** Whether a named right is on a live pod of the same node. */
function isNeighbour({ pods, nodes }: Facts, place: number, [namespace, name]: readonly [string, string]): boolean {
  const number = nodes.indexOf(`pod:${namespace}/${name}`);
  const other = number === undefined ? undefined : pods.placeOf.get(number);
  if (other === undefined || pods.live[other] !== 1) return false;
  return other === place || ((pods.scheduledOn[place] as number) >= 0 && pods.scheduledOn[other] === pods.scheduledOn[place]);
}

/**
 * The number of the proof that the service account of the pod at a place may read the log of a pod on the same node, its own among them; undefined: it
 * may not. Rights of the account's groups count. Accounts are asked once for all of their pods.
 */
export function logReaders(facts: Facts): (place: number) => number | undefined {
  const { pods, subjects } = facts;
  const near = neighbourhoods(facts);
  const held = new Map<number, readonly Holding[]>();
  const proofs = new Map<string, number>();
  const holdingsOf = (account: number): readonly Holding[] => {
    let found = held.get(account);
    if (found === undefined) {
      const subject = subjects.byNode.get(account);
      found = subject === undefined ? [] : holdings(subjects.effective(subject), READ_LOG);
      held.set(account, found);
    }
    return found;
  };
  return (place) => {
    const account = pods.serviceAccount[place] as number;
    const all = holdingsOf(account);
    if (all.length === 0) return undefined;
    const spaces = [...near(place)];
    const there = all.flatMap((holding, index) => {
      const covered = spaces.filter((namespace) => covers(holding, namespace));
      const { name } = holding;
      const reaches = name === undefined ? covered.length > 0 : covered.some((namespace) => isNeighbour(facts, place, [namespace, name]));
      return reaches ? [index] : [];
    });
    if (there.length === 0) return undefined;
    const key = `${account} ${there.join(' ')}`;
    let proof = proofs.get(key);
    if (proof === undefined) {
      proof = facts.keep({ parts: [{ rights: READ_LOG, by: there.flatMap((index) => (all[index] as Holding).by) }] });
      proofs.set(key, proof);
    }
    return proof;
  };
}
