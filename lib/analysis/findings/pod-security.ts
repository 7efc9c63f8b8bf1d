import { evaluatePodSecurity, type PodSecurityViolation } from '../../access/pod-security/evaluate.ts';
import { podSecurityPolicyOf } from '../../access/pod-security/level.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import { minorVersionOf } from '../../graph/facts/facts.ts';
import type { Evidence } from '../../graph/model.ts';
import { baselineChanges } from '../finding-facts/baseline-changes.ts';
import { workloads } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { milder } from '../finding-facts/severity.ts';
import { templateFix } from '../finding-facts/template-fix.ts';
import type { FindingWorld, LiveWorkload } from '../finding-facts/world.ts';
import type { Severity } from '../summary.ts';
import { defineFinding, type RowFix } from './finding.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';
const SYSTEM = 'kube-system';

/** How surely a pod of the workload takes its node, in one hop. */
function escapeOf(world: FindingWorld, { nodes }: LiveWorkload): 'certain' | 'conditional' | undefined {
  const { graph } = world;
  const { offsets, certainEnd, walkedEnd, edges } = graph.forward;
  let found: 'conditional' | undefined;
  for (const node of nodes)
    for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
      if (!world.isEscape(edges[place] as number)) continue;
      if (place < (certainEnd[node] as number)) return 'certain';
      found = 'conditional';
    }
  return found;
}

function severityOf(way: ReturnType<typeof escapeOf>, isDecided: boolean): Severity {
  const severity = way === 'certain' ? 'high' : way === 'conditional' ? 'medium' : 'low';
  return isDecided ? milder(severity) : severity;
}

const LABELLING = `then label the namespace with \`${LABEL}: baseline\`, so that nothing else brings it back`;

/** Takes what is forbidden out of the template. */
function fixOf(workload: LiveWorkload, violations: readonly PodSecurityViolation[]): RowFix {
  const [{ spec }] = workload.pods;
  const what = violations.map(({ title }) => title).join(', ');
  return templateFix(
    workload,
    `take what the workload does not need of it out of the template of ${workload.kind} ${workload.name} (${what}), ${LABELLING}; what is below takes all of it out`,
    baselineChanges(spec, violations),
  );
}

const evidenceOf = ({ pods: [pod] }: LiveWorkload, violations: readonly PodSecurityViolation[]): readonly Evidence[] =>
  violations.flatMap(({ pointers, title, says }) => pointers.slice(0, 3).map((pointer) => podEvidence(pod, pointer, `${title}: ${says}`)));

export const podSecurity = defineFinding({
  id: 'pod-security',
  title: 'Pods run with what Pod Security baseline forbids',
  severity: 'medium',
  class: 'workload',
  why: 'Privileged containers, host namespaces, host paths and capabilities are how a break-in in a container becomes one on the node, and with it in every pod of the node.',
  remediation:
    'Take it out of the template where the workload does not need it; keep what needs it in a namespace of its own, and let all others enforce `baseline`.',
  misses: "exemptions and defaults in the API server's own configuration, which no API shows",
  references: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
  ],
  prevention: validating({
    name: 'namespaces-say-their-pod-security',
    says: 'refuses namespaces that do not say which Pod Security level they enforce; Pod Security admission does the rest',
    resources: [['', 'namespaces']],
    exempt: [],
    sparesControlPlane: true,
    field: 'metadata.labels',
    validations: [
      {
        expression: 'has(object.metadata.labels) && "pod-security.kubernetes.io/enforce" in object.metadata.labels',
        message: 'label the namespace with pod-security.kubernetes.io/enforce: baseline or restricted',
      },
    ],
  }),
  population: workloads,
  *find(world) {
    const serverMinor = minorVersionOf(world.inventory.cluster.version);
    for (const workload of world.workloads) {
      const { kind, namespace, name, node, pods } = workload;
      const [pod] = pods;
      const violations = evaluatePodSecurity({ level: 'baseline', spec: pod.spec, annotations: pod.annotations, serverMinor });
      const [first, ...rest] = evidenceOf(workload, violations);
      if (first === undefined) continue;
      const home = world.namespace(namespace);
      const policy = podSecurityPolicyOf(home?.labels ?? new Map());
      const way = escapeOf(world, workload);
      // Somebody who wrote `privileged` has decided it; node agents of kube-system and static pods are part of the node anyway.
      const isDecided = policy.labelled || namespace === SYSTEM || pod.owner?.kind === 'Node';
      const label = policy.labelled
        ? `the namespace enforces \`${policy.level}\``
        : home === undefined
          ? 'what the namespace enforces was not read'
          : 'the namespace enforces nothing, so that any pod may do the same';
      yield {
        subject: { kind, namespace, name, node },
        severity: severityOf(way, isDecided),
        whyHere: `${violations.map(({ title }) => title).join(', ')}; ${way === undefined ? 'no way to the node by it is known' : `it is root on its node${way === 'certain' ? '' : ', conditionally'}`}; ${label}`,
        evidence: [first, ...rest],
        fix: fixOf(workload, violations),
      };
    }
  },
});
