import { volumeSecrets } from '../../access/pod/secret-use.ts';
import { opensApiServer } from '../../access/pod/token.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { allOf, type Closing, NEVER } from '../closing.ts';
import { podEvidence } from '../evidence/objects.ts';
import { secretChange, secretFix } from '../evidence/template-change.ts';
import { accountsOnNode, type GivenOnNode } from '../evidence/token-closing.ts';
import type { Facts } from '../facts/facts.ts';
import { kubeletVolumesNode } from '../facts/kubelet-volumes-node.ts';
import type { Evidence } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** A credential in a volume of a pod, and where the pod names it. */
interface Kept {
  readonly target: number;
  readonly pointer: string;
  readonly says: string;
}

const remembered = new WeakMap<Facts, (place: number) => readonly Kept[]>();

function keptOf(facts: Facts): (place: number) => readonly Kept[] {
  const known = remembered.get(facts) ?? keeping(facts);
  remembered.set(facts, known);
  return known;
}

/** What lies in the volumes of each template: a token of its account for the API server, and secrets that exist. */
function keeping(facts: Facts): (place: number) => readonly Kept[] {
  const { pods, nodes, inventory } = facts;
  return pods.perTemplate(({ spec, namespace }) => {
    const account = nodes.indexOf(`sa:${namespace}/${spec.serviceAccountName}`);
    const tokens = spec.volumes.flatMap(({ index, tokens: projected }) =>
      projected
        .filter(({ audience }) => opensApiServer(audience, inventory.cluster.issuer))
        .map(({ source }) => `/spec/volumes/${index}/projected/sources/${source}/serviceAccountToken`),
    );
    const [token] = tokens;
    const ofAccount: readonly Kept[] =
      account === undefined || token === undefined
        ? []
        : [
            {
              target: account,
              pointer: token,
              says: `runs on the node, and its volume holds a token of ${namespace}/${spec.serviceAccountName}`,
            },
          ];
    const ofSecrets = volumeSecrets(spec).flatMap(({ secret, pointer }): Kept[] => {
      const target = nodes.indexOf(`secret:${namespace}/${secret}`);
      return target === undefined
        ? []
        : [{ target, pointer, says: `runs on the node, and its volume holds secret ${namespace}/${secret}` }];
    });
    return [...ofAccount, ...ofSecrets];
  });
}

/** So many pods are named as evidence; a node may have hundreds that run as one account. */
const MOST_WITNESSES = 12;

/** Number of the node whose volumes these are; undefined: those of all nodes. */
const hostOf = ({ nodes }: Facts, volumes: number): number | undefined =>
  nodes.names[volumes] === EVERYWHERE ? undefined : nodes.indexOf(`node:${nodes.names[volumes]}`);

const accounts = new WeakMap<Facts, GivenOnNode>();

function closingOfAccount(facts: Facts, node: number, account: number): Closing {
  const kept = keptOf(facts);
  const given =
    accounts.get(facts) ?? accountsOnNode(facts, (place) => kept(place).some(({ target }) => target === facts.pods.serviceAccount[place]));
  accounts.set(facts, given);
  return given.closingOf(node, account);
}

/** Every pod on the node that has it in a volume has to lose it. */
function closingOfSecret(facts: Facts, node: number, secret: number): Closing {
  const { pods } = facts;
  const kept = keptOf(facts);
  const holders = (pods.byNode.get(node) ?? []).filter(
    (place) => pods.live[place] === 1 && kept(place).some(({ target }) => target === secret),
  );
  return allOf(holders.map((place) => ({ change: secretChange(facts, pods.node[place] as number, secret) })));
}

/** Those of all nodes are those of each node that has a live pod. */
function emitNodes(facts: Facts, everywhere: number, emit: Emit): void {
  const { byNode, live } = facts.pods;
  for (const [node, places] of byNode) if (places.some((place) => live[place] === 1)) emit(everywhere, kubeletVolumesNode(facts, node));
}

/** What the live pods of a node keep there, each once. */
function emitKept(facts: Facts, from: number, emit: Emit): void {
  const { byNode, live } = facts.pods;
  const host = hostOf(facts, from);
  const kept = keptOf(facts);
  const targets = new Set<number>();
  for (const place of (host === undefined ? undefined : byNode.get(host)) ?? [])
    if (live[place] === 1) for (const { target } of kept(place)) targets.add(target);
  for (const target of targets) emit(from, target);
}

export const kubeletVolumeToken = defineTechnique({
  id: 'kubelet-volume-token',
  title: 'Lies in a volume on the node',
  class: 'token',
  walked: true,
  from: ['kubelet-volumes'],
  to: ['service-account', 'secret', 'kubelet-volumes'],
  action: "Takes the token or the secret out of another pod's volume.",
  precondition: 'A live pod on the node has a volume with a token for the API server, or with a secret that exists.',
  remediation: 'Keep pods with strong identities off nodes where others look into the volumes.',
  coverage: {
    level: 'partial',
    misses: 'tokens for clouds, and data in volumes of other kinds; secrets in environments lie nowhere on the disk',
  },
  attck: ['T1552', 'T1528'],
  references: ['https://kubernetes.io/docs/concepts/storage/projected-volumes/'],
  find(facts, emit) {
    const { nodes } = facts;
    const everywhere = nodes.indexOf(`kubelet-volumes:${EVERYWHERE}`);
    if (everywhere !== undefined) emitNodes(facts, everywhere, emit);
    for (let from = 0, { count } = nodes; from < count; from += 1) if (nodes.kinds[from] === 'kubelet-volumes') emitKept(facts, from, emit);
  },
  closing(facts, { from, to }) {
    const host = hostOf(facts, from);
    if (host === undefined || facts.nodes.kinds[to] === 'kubelet-volumes') return NEVER;
    return facts.nodes.kinds[to] === 'secret' ? closingOfSecret(facts, host, to) : closingOfAccount(facts, host, to);
  },
  fix(facts, { to }) {
    return facts.nodes.kinds[to] === 'secret' ? secretFix(facts, to) : undefined;
  },
  explain(facts, { from, to }) {
    const { nodes, pods } = facts;
    const all = nodes.kinds[to] === 'kubelet-volumes';
    const host = hostOf(facts, all ? to : from) as number;
    const kept = keptOf(facts);
    const found: Evidence[] = [];
    for (const place of pods.byNode.get(host) ?? []) {
      if (pods.live[place] !== 1) continue;
      const pod = pods.pods[place] as Pod;
      const one = kept(place).find(({ target }) => target === to);
      if (all) found.push(podEvidence(pod, '/spec/nodeName', `runs on node ${nodes.names[host]}, which keeps its volumes`));
      else if (one !== undefined) found.push(podEvidence(pod, one.pointer, one.says));
      if (found.length === MOST_WITNESSES) break;
    }
    return {
      evidence: found as [Evidence, ...Evidence[]],
      fix: { says: 'close the edge that leads to the volumes, or keep the pod on nodes of its own' },
    };
  },
});
