import { referencedSecrets } from '../../access/pod/secret-use.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { allOf, type Closing, NEVER } from '../closing.ts';
import { nodeEvidence, podEvidence } from '../evidence/objects.ts';
import { secretChange, secretFix } from '../evidence/template-change.ts';
import { accountsOnNode, type GivenOnNode } from '../evidence/token-closing.ts';
import type { Facts } from '../facts/facts.ts';
import { kubeletMints, MINT_HANGS_ON, mintsWithoutVolume } from '../facts/kubelet-mint.ts';
import { isMirrorPod } from '../facts/mirror-pods.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** Nodes of the secrets that the pod at a place names. */
const secretsNamed = ({ pods, nodes }: Facts): ((place: number) => readonly number[]) =>
  pods.perTemplate(({ spec, namespace }) => {
    const names = new Set(referencedSecrets(spec).map(({ secret }) => secret));
    return [...names].flatMap((name) => nodes.indexOf(`secret:${namespace}/${name}`) ?? []);
  });

/** For one cluster: by node, the changes that take each secret out of the templates of all pods there. */
interface Uses {
  readonly secretsOf: (place: number) => readonly number[];
  readonly byNode: Map<number, ReadonlyMap<number, ReadonlySet<string>>>;
}

const remembered = new WeakMap<Facts, Uses>();

function usesOn(facts: Facts, node: number): ReadonlyMap<number, ReadonlySet<string>> {
  const uses = remembered.get(facts) ?? { secretsOf: secretsNamed(facts), byNode: new Map() };
  remembered.set(facts, uses);
  let found = uses.byNode.get(node);
  if (found === undefined) {
    const changes = new Map<number, Set<string>>();
    for (const place of facts.pods.byNode.get(node) ?? []) {
      if (facts.pods.live[place] !== 1) continue;
      for (const secret of uses.secretsOf(place)) {
        const list = changes.get(secret) ?? new Set();
        list.add(secretChange(facts, facts.pods.node[place] as number, secret));
        changes.set(secret, list);
      }
    }
    found = changes;
    uses.byNode.set(node, found);
  }
  return found;
}

/**
 * Reports the service accounts of the live pods on a node, and the secrets that they name: what its kubelet may mint or read. Each once, the certain
 * ones first.
 */
function entrusting(facts: Facts): (node: number, emit: Emit) => void {
  const { pods } = facts;
  const secretsOf = secretsNamed(facts);
  const mints = kubeletMints(facts);
  const toldFor = new Int32Array(facts.nodes.count).fill(-1);
  return (node, emit) => {
    const tell = (target: number, certainty: Certainty): void => {
      if (toldFor[target] === node) return;
      toldFor[target] = node;
      emit(node, target, 0, certainty);
    };
    const unsure: number[] = [];
    for (const place of pods.byNode.get(node) ?? []) {
      if (pods.live[place] !== 1 || isMirrorPod(pods.pods[place] as Pod)) continue;
      const certainty = mints(place);
      if (certainty === 'certain') tell(pods.serviceAccount[place] as number, certainty);
      else if (certainty !== undefined) unsure.push(pods.serviceAccount[place] as number);
      for (const secret of secretsOf(place)) tell(secret, 'certain');
    }
    for (const account of unsure) tell(account, 'conditional');
  };
}

const accounts = new WeakMap<Facts, GivenOnNode>();

/** Where kubelets may ask for a token without a volume that names its audience, nothing of the pods takes the account from them. */
function closingOfAccount(facts: Facts, node: number, account: number): Closing {
  if (facts.minorVersion === undefined || mintsWithoutVolume(facts.minorVersion)) return NEVER;
  const mints = kubeletMints(facts);
  const given =
    accounts.get(facts) ?? accountsOnNode(facts, (place) => mints(place) !== undefined && !isMirrorPod(facts.pods.pods[place] as Pod));
  accounts.set(facts, given);
  return given.closingOf(node, account);
}

/** So many pods are named as evidence; a node may have hundreds that run as one account. */
const MOST_WITNESSES = 12;

/** Pods on the node that run as the account or name the secret, and where they do; those that make it certain first. */
function witnesses(facts: Facts, node: number, target: number): readonly { readonly pod: Pod; readonly pointer: string }[] {
  const { pods, nodes } = facts;
  const mints = kubeletMints(facts);
  const sure: { pod: Pod; pointer: string }[] = [];
  const unsure: { pod: Pod; pointer: string }[] = [];
  for (const place of pods.byNode.get(node) ?? []) {
    const pod = pods.pods[place] as Pod;
    if (pods.live[place] !== 1 || isMirrorPod(pod)) continue;
    const certainty = pods.serviceAccount[place] === target ? mints(place) : undefined;
    if (certainty !== undefined) (certainty === 'certain' ? sure : unsure).push({ pod, pointer: '/spec/serviceAccountName' });
    const use = referencedSecrets(pod.spec).find(({ secret }) => nodes.indexOf(`secret:${pod.namespace}/${secret}`) === target);
    if (use !== undefined) sure.push({ pod, pointer: use.pointer });
  }
  return [...sure, ...unsure].slice(0, MOST_WITNESSES);
}

export const nodeIdentity = defineTechnique({
  id: 'node-identity',
  title: 'Acts as the kubelet',
  class: 'token',
  walked: true,
  from: ['node'],
  to: ['user', 'group', 'service-account', 'secret'],
  action:
    "Reads the kubelet's client certificate and calls the API server as `system:node:NAME`: mints tokens of service accounts whose pods run here, reads the secrets that they name.",
  precondition:
    'Root on the node; the Node authorizer lets a kubelet read secrets of pods that are bound to its node and create tokens for them, from 1.33 on only for audiences that their volumes name. Static pods have neither.',
  remediation: 'Keep strong identities on nodes of their own.',
  coverage: {
    level: 'partial',
    misses:
      'config maps and volumes that the Node authorizer opens as well, and feature gates that are set otherwise; rights that a binding gives to nodes beside, which NodeRestriction narrows to the own node and its pods',
  },
  attck: ['T1078'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/node/',
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction',
  ],
  find(facts, emit) {
    const { nodes } = facts;
    const entrust = entrusting(facts);
    for (let node = 0, { count } = nodes; node < count; node += 1) {
      if (nodes.kinds[node] !== 'node') continue;
      emit(node, nodes.intern('user', `system:node:${nodes.names[node]}`));
      for (const group of ['system:nodes', 'system:authenticated']) emit(node, nodes.intern('group', group));
      entrust(node, emit);
    }
  },
  closing(facts, { from, to }) {
    if (facts.nodes.kinds[to] === 'service-account') return closingOfAccount(facts, from, to);
    if (facts.nodes.kinds[to] !== 'secret') return NEVER;
    return allOf([...(usesOn(facts, from).get(to) ?? [])].map((change) => ({ change })));
  },
  fix(facts, { to }) {
    return facts.nodes.kinds[to] === 'secret' ? secretFix(facts, to) : undefined;
  },
  explain(facts, { from, to, certainty }) {
    const { nodes } = facts;
    const fix = { says: 'nothing turns this off; keep attackers off the node, and pods of strong identities on other nodes' };
    const own = nodes.kinds[to] === 'user' || nodes.kinds[to] === 'group';
    const found = own ? [] : witnesses(facts, from, to);
    if (found.length === 0)
      return {
        evidence: [
          nodeEvidence(nodes, from, {
            kind: 'Node',
            pointer: '/metadata/name',
            says: `its kubelet is ${nodes.kinds[to] === 'group' ? 'in group ' : ''}${nodes.names[to]}`,
          }),
        ],
        fix,
      };
    const says = (namespace: string): string =>
      nodes.kinds[to] === 'secret'
        ? `runs here and names the secret, so the kubelet may read ${namespace}/${nodes.names[to]}`
        : `runs here, so the kubelet may mint tokens of ${namespace}/${nodes.names[to]}`;
    const [first, ...rest] = found.map(({ pod, pointer }) => podEvidence(pod, pointer, says(pod.namespace)));
    return {
      evidence: [first as Evidence, ...rest],
      ...(certainty === 'conditional' ? { hangsOn: MINT_HANGS_ON } : {}),
      fix,
    };
  },
});
