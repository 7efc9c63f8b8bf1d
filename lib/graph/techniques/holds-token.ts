import { opensApiServer, projectedTokens, wasAdmitted, wouldAutomount } from '../../access/pod/token.ts';
import type { Pod, ServiceAccount } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { kubectl } from '../evidence/shell.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Tokens for the API server that a pod's containers can read. */
function apiTokens(pod: Pod, issuer: string | undefined) {
  return projectedTokens(pod.spec).filter(({ token }) => opensApiServer(token.audience, issuer));
}

function wouldHold(facts: Facts, place: number): boolean {
  const pod = facts.pods.pods[place] as Pod;
  if (wasAdmitted(pod)) return false;
  return wouldAutomount(pod.spec, facts.nodes.records[facts.pods.serviceAccount[place] as number] as ServiceAccount | undefined);
}

/**
 * Whether the account was looked for and is not there: the API server refuses the tokens of accounts that are gone. `default` is in
 * every namespace, as a controller sees to it.
 */
function isGone({ pods, accountExists }: Facts, place: number): boolean {
  const pod = pods.pods[place] as Pod;
  const { serviceAccountName: name } = pod.spec;
  return name !== 'default' && !accountExists(pod.namespace, name);
}

function evidenceOf(facts: Facts, place: number): readonly Evidence[] {
  const pod = facts.pods.pods[place] as Pod;
  const held = apiTokens(pod, facts.inventory.cluster.issuer).map(({ pointer, mountedAt, token }) =>
    podEvidence(
      pod,
      pointer,
      `mounts a token for the API server at ${mountedAt[0] as string}/${token.path}${mountedAt.length > 1 ? ` and ${mountedAt.length - 1} more places` : ''}`,
    ),
  );
  if (held.length > 0) return held;
  const pointer = pod.spec.automountServiceAccountToken === undefined ? '/spec/serviceAccountName' : '/spec/automountServiceAccountToken';
  return [podEvidence(pod, pointer, 'once admitted, a token is mounted: neither the pod nor its service account turns that off')];
}

export const holdsToken = defineTechnique({
  id: 'holds-token',
  title: 'Holds a service account token',
  class: 'token',
  walked: true,
  from: ['pod'],
  to: ['service-account'],
  action: 'Reads the token that is mounted into the container and calls the API server as the service account.',
  precondition:
    "A running container mounts a projected token for the API server's audience; of a pod that was not admitted yet, the automount flags of pod and service account say whether it would.",
  remediation: 'Set `automountServiceAccountToken: false` where the workload does not call the API server.',
  coverage: { level: 'full' },
  attck: ['T1528'],
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
  find(facts, emit) {
    const { issuer } = facts.inventory.cluster;
    const { pods } = facts;
    const holds = pods.perTemplate(({ spec }) => projectedTokens(spec).some(({ token }) => opensApiServer(token.audience, issuer)));
    for (let place = 0; place < pods.pods.length; place += 1) {
      if (pods.live[place] === 1 && (holds(place) || wouldHold(facts, place)))
        emit(pods.node[place] as number, pods.serviceAccount[place] as number, 0, isGone(facts, place) ? 'conditional' : 'certain');
    }
  },
  changes({ nodes }, { to }) {
    return [`automount of ${nodes.ids[to]}`];
  },
  explain(facts, { from }) {
    const place = facts.pods.placeOf.get(from) as number;
    const pod = facts.pods.pods[place] as Pod;
    const [first, ...rest] = evidenceOf(facts, place);
    return {
      evidence: [first as Evidence, ...rest],
      ...(isGone(facts, place)
        ? { hangsOn: `service account ${pod.namespace}/${pod.spec.serviceAccountName} existing, which is not among those that were read` }
        : {}),
      fix: {
        says: 'turn the token off in the service account, if none of its workloads calls the API server',
        command: kubectl(
          pod.namespace,
          'patch',
          'serviceaccount',
          pod.spec.serviceAccountName,
          '-p',
          '{"automountServiceAccountToken":false}',
        ),
        sideEffect: 'pods that are made from then on have no token; those that run keep theirs until they are restarted',
      },
    };
  },
});
