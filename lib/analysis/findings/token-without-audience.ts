import { runningContainers } from '../../access/pod/security-context.ts';
import { projectedTokens } from '../../access/pod/token.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { templateFix } from '../finding-facts/template-fix.ts';
import { defineFinding } from './finding.ts';

/** Where client libraries look for the API server's token. Source: client-go rest/config.go (`InClusterConfig`). */
const OWN_PLACE = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Only its service knows it. */
const AUDIENCE = '<audience of the other service>';

const isMountedElsewhere = (spec: PodSpec, volume: string): boolean =>
  runningContainers(spec).some(({ volumeMounts }) =>
    volumeMounts.some(
      (mount) => mount.volume === volume && mount.mountPath.replace(/^\/run\//, '/var/run/').replace(/\/$/, '') !== OWN_PLACE,
    ),
  );

export const tokenWithoutAudience = defineFinding({
  id: 'token-without-audience',
  title: 'Tokens for other services open the API server too',
  severity: 'low',
  class: 'hygiene',
  why: 'A token that is made to be shown to another service and has no audience of its own is good for the API server: whoever runs that service can act as the workload.',
  remediation: 'Write the audience that the other service expects.',
  misses: 'tokens that a program asks for itself',
  references: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#launch-a-pod-using-service-account-token-projection',
  ],
  prevention: noPolicy(
    'a policy cannot tell a token for the API server from one for another service; where the file is mounted says it to a person',
  ),
  population: workloads,
  *find(world) {
    for (const workload of world.workloads) {
      const [pod] = workload.pods;
      const loose = projectedTokens(pod.spec).filter(
        ({ token, volume }) => !token.audience && !volume.name.startsWith('kube-api-access') && isMountedElsewhere(pod.spec, volume.name),
      );
      const [first] = loose;
      if (first === undefined) continue;
      const { kind, namespace, name, node } = workload;
      yield {
        subject: { kind, namespace, name, node },
        whyHere: `volume ${first.volume.name} is mounted at ${first.mountedAt[0]}, where no client of the API server looks, and its token names no audience`,
        evidence: [podEvidence(pod, first.pointer, 'names no audience, so the API server takes it')],
        fix: templateFix(
          workload,
          `write the \`audience\` that the other service expects into the token of volume ${first.volume.name} in ${kind} ${name}: whoever runs that service says what goes into the place of \`${AUDIENCE}\``,
          loose.map(({ pointer }) => ({ op: 'add', path: `${pointer}/audience`, value: AUDIENCE })),
        ),
      };
    }
  },
});
