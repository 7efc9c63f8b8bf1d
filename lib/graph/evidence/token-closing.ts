import { opensApiServer } from '../../access/pod/token.ts';
import { TOKEN_VOLUME } from '../../inventory/token-volume.ts';
import { allOf, anyChange, type Closing, NEVER } from '../closing.ts';
import type { Facts } from '../facts/facts.ts';
import { tokenChange } from './template-change.ts';

const remembered = new WeakMap<Facts, (place: number) => boolean>();

/** Whether all tokens for the API server in a pod's volumes, mounted or not, come and go with the flag of its account. */
function followsAccount(facts: Facts, place: number): boolean {
  let decide = remembered.get(facts);
  if (decide === undefined) {
    const { issuer } = facts.inventory.cluster;
    decide = facts.pods.perTemplate(
      ({ spec }) =>
        spec.automountServiceAccountToken === undefined &&
        spec.volumes.every(
          ({ name, tokens }) => name.startsWith(TOKEN_VOLUME) || !tokens.some(({ audience }) => opensApiServer(audience, issuer)),
        ),
    );
    remembered.set(facts, decide);
  }
  return decide(place);
}

/** What takes the tokens for the API server out of the volumes of the pod at a place: its template, or the flag of its account. */
function closingOfToken(facts: Facts, place: number): Closing {
  const { pods, nodes } = facts;
  const account = followsAccount(facts, place) ? [`automount of ${nodes.ids[pods.serviceAccount[place] as number]}`] : [];
  return anyChange([...account, tokenChange(facts, pods.node[place] as number)]);
}

/** What the pods of each node give away, and what has to change for it: made once for each node, as many edges lead from there. */
export interface GivenOnNode {
  readonly closingOf: (node: number, account: number) => Closing;
}

/** Closings of edges from a node to the accounts of its pods: every pod there that counts has to lose its token. */
export function accountsOnNode(facts: Facts, counts: (place: number) => boolean): GivenOnNode {
  const { pods } = facts;
  const byNode = new Map<number, ReadonlyMap<number, Closing>>();
  const on = (node: number): ReadonlyMap<number, Closing> => {
    const found = new Map<number, Closing[]>();
    for (const place of pods.byNode.get(node) ?? []) {
      if (pods.live[place] !== 1 || !counts(place)) continue;
      const account = pods.serviceAccount[place] as number;
      const list = found.get(account) ?? [];
      list.push(closingOfToken(facts, place));
      found.set(account, list);
    }
    return new Map([...found].map(([account, closings]) => [account, allOf(closings)]));
  };
  return {
    closingOf: (node, account) => {
      const known = byNode.get(node) ?? on(node);
      byNode.set(node, known);
      return known.get(account) ?? NEVER;
    },
  };
}
