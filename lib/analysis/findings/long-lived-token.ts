import { type HeldToken, opensApiServer, projectedTokens } from '../../access/pod/token.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import { workloads } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { templateFix } from '../finding-facts/template-fix.ts';
import { counted } from '../finding-facts/words.ts';
import { defineFinding } from './finding.ts';

const DAY = 24 * 60 * 60;

const days = (seconds: number): string => counted(Math.round(seconds / DAY), 'day');

const isLong = ({ token: { expirationSeconds = 0 } }: HeldToken): boolean => expirationSeconds > DAY;

export const longLivedToken = defineFinding({
  id: 'long-lived-token',
  title: 'Mounted tokens are good for days',
  severity: 'low',
  class: 'hygiene',
  why: 'A projected token ends with its time or with its pod. A stolen one is good until then, and the kubelet renews it in time anyway, so that a long life helps nobody else.',
  remediation: 'Set `expirationSeconds` to an hour; the kubelet renews the file before it ends.',
  references: ['https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken'],
  prevention: validating({
    name: 'no-long-lived-tokens',
    says: 'refuses pods with projected tokens that are good for more than a day',
    resources: [['', 'pods']],
    field: 'spec',
    validations: [
      {
        expression:
          '!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.projected) || !has(v.projected.sources) || v.projected.sources.all(s, !has(s.serviceAccountToken) || !has(s.serviceAccountToken.expirationSeconds) || s.serviceAccountToken.expirationSeconds <= 86400))',
        message: 'expirationSeconds may be at most 86400',
      },
    ],
  }),
  population: workloads,
  *find(world) {
    const { issuer } = world.inventory.cluster;
    for (const workload of world.workloads) {
      const [pod] = workload.pods;
      const long = projectedTokens(pod.spec).filter(isLong);
      const [first, ...rest] = long.map(
        ({ pointer, token: { expirationSeconds = 0, audience } }): Evidence =>
          podEvidence(
            pod,
            `${pointer}/expirationSeconds`,
            `is good for ${days(expirationSeconds)}, for audience ${audience || 'of the API server'}`,
          ),
      );
      if (first === undefined) continue;
      const opens = long.some(({ token }) => opensApiServer(token.audience, issuer));
      const { kind, namespace, name, node } = workload;
      yield {
        subject: { kind, namespace, name, node },
        severity: opens ? 'medium' : 'low',
        whyHere: `${counted(long.length, 'token')} of ${counted(workload.pods.length, 'pod')} ${opens ? 'opens the API server' : 'is for another audience'} and is good for up to ${days(Math.max(...long.map(({ token }) => token.expirationSeconds ?? 0)))}`,
        evidence: [first, ...rest],
        fix: templateFix(
          workload,
          `set \`expirationSeconds: 3600\` in volume ${long[0]?.volume.name} of ${kind} ${name}`,
          long.map(({ pointer }) => ({ op: 'replace', path: `${pointer}/expirationSeconds`, value: 3600 })),
        ),
      };
    }
  },
});
