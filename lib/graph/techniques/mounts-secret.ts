import { secretUses } from '../../access/pod/secret-use.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { secretChange, secretFix } from '../evidence/template-change.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** The secret's number; a secret that was not read counts where secrets could not be read, not where it is known to be absent. */
function secretNode(facts: Facts, namespace: string, name: string): number | undefined {
  const known = facts.nodes.indexOf(`secret:${namespace}/${name}`);
  return known ?? (facts.secretsUnread(namespace) ? facts.nodes.intern('secret', name, namespace) : undefined);
}

export const mountsSecret = defineTechnique({
  id: 'mounts-secret',
  title: 'Mounts a secret',
  class: 'token',
  walked: true,
  from: ['pod'],
  to: ['secret'],
  action: 'Reads the secret from its volume or from the environment of the process.',
  precondition:
    "A running container mounts a volume with the secret, or has it in its environment, and the secret exists. Image pull secrets are the kubelet's, not the container's.",
  remediation: 'Mount only the keys that are needed, and keep credentials of others out of the pod.',
  coverage: { level: 'partial', misses: 'secrets that a CSI driver or an external store mounts' },
  attck: ['T1552.007'],
  references: ['https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret'],
  find(facts, emit) {
    const { pods } = facts;
    const secretsOf = pods.perTemplate(({ spec, namespace }) => {
      const names = new Set(secretUses(spec).map(({ secret }) => secret));
      return [...names].flatMap((name) => secretNode(facts, namespace, name) ?? []);
    });
    for (let place = 0; place < pods.pods.length; place += 1) {
      if (pods.live[place] === 0) continue;
      for (const secret of secretsOf(place)) emit(pods.node[place] as number, secret);
    }
  },
  changes(facts, { from, to }) {
    return [secretChange(facts, from, to)];
  },
  explain({ pods, nodes }, { from, to }) {
    const pod = pods.pods[pods.placeOf.get(from) as number] as Pod;
    const [first, ...rest] = secretUses(pod.spec)
      .filter(({ secret }) => secret === nodes.names[to])
      .map((use) => podEvidence(pod, use.pointer, use.says));
    return {
      evidence: [first as Evidence, ...rest],
      fix: secretFix({ nodes }, to),
    };
  },
});
