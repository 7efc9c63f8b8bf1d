import { opensApiServer, projectedTokens } from '../../access/pod/token.ts';
import { kubectl } from '../../access/shell.ts';
import type { Pod, PodSpec, Workload } from '../../inventory/kubernetes.ts';
import { TOKEN_VOLUME } from '../../inventory/token-volume.ts';
import { podEvidence } from '../evidence/objects.ts';
import { tokenChange } from '../evidence/template-change.ts';
import type { Facts } from '../facts/facts.ts';
import { holdsApiToken } from '../facts/holds-api-token.ts';
import type { Evidence, Fix } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Tokens for the API server that a pod's containers can read. */
function apiTokens(spec: PodSpec, issuer: string | undefined) {
  return projectedTokens(spec).filter(({ token }) => opensApiServer(token.audience, issuer));
}

/**
 * Whether the account was looked for and is not there: the API server refuses the tokens of accounts that are gone. `default` is in
 * every namespace, as a controller sees to it.
 */
function isGone({ accountExists }: Facts, { namespace, spec }: Pick<Pod, 'namespace' | 'spec'>): boolean {
  return spec.serviceAccountName !== 'default' && !accountExists(namespace, spec.serviceAccountName);
}

function evidenceOf(facts: Facts, place: number): readonly Evidence[] {
  const pod = facts.pods.pods[place] as Pod;
  const held = apiTokens(pod.spec, facts.inventory.cluster.issuer).map(({ pointer, mountedAt, token }) =>
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

const remembered = new WeakMap<Facts, (place: number) => boolean>();

/** Whether the token comes and goes with the account's flag: the pod does not say otherwise, and brings no token volume of its own. */
function followsAccount(facts: Facts, place: number): boolean {
  let decide = remembered.get(facts);
  if (decide === undefined) {
    const { issuer } = facts.inventory.cluster;
    decide = facts.pods.perTemplate(
      ({ spec }) =>
        spec.automountServiceAccountToken === undefined &&
        apiTokens(spec, issuer).every(({ volume }) => volume.name.startsWith(TOKEN_VOLUME)),
    );
    remembered.set(facts, decide);
  }
  return decide(place);
}

function fixOfTemplate(facts: Facts, place: number): Fix {
  const pod = facts.pods.pods[place] as Pod;
  const number = facts.workloadOf[place] as number;
  const workload = number < 0 ? undefined : (facts.nodes.records[number] as Workload | undefined);
  const owner = workload === undefined ? `the pod's owner` : `${workload.kind} ${workload.name}`;
  const own = apiTokens(pod.spec, facts.inventory.cluster.issuer).find(({ volume }) => !volume.name.startsWith(TOKEN_VOLUME));
  const flag = 'set `automountServiceAccountToken: false`';
  return {
    says:
      own === undefined
        ? `${flag} in the template of ${owner}, if it does not call the API server`
        : `take the token out of volume ${own.volume.name} and ${flag} in the template of ${owner}, if it does not call the API server`,
    sideEffect: 'its pods are made anew, without a token',
  };
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
    const { pods } = facts;
    const holds = holdsApiToken(facts);
    const gone = pods.perTemplate((template) => isGone(facts, template));
    for (let place = 0; place < pods.pods.length; place += 1) {
      if (pods.live[place] === 1 && holds(place))
        emit(pods.node[place] as number, pods.serviceAccount[place] as number, 0, gone(place) ? 'conditional' : 'certain');
    }
  },
  changes(facts, { from, to }) {
    const place = facts.pods.placeOf.get(from) as number;
    return [...(followsAccount(facts, place) ? [`automount of ${facts.nodes.ids[to]}`] : []), tokenChange(facts, from)];
  },
  fix(facts, { from }, change) {
    const place = facts.pods.placeOf.get(from) as number;
    return change === tokenChange(facts, from) ? fixOfTemplate(facts, place) : undefined;
  },
  explain(facts, { from }) {
    const place = facts.pods.placeOf.get(from) as number;
    const pod = facts.pods.pods[place] as Pod;
    const [first, ...rest] = evidenceOf(facts, place);
    return {
      evidence: [first as Evidence, ...rest],
      ...(isGone(facts, pod)
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
