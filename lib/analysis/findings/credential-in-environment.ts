import { containerPointer } from '../../access/pod/security-context.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import type { Container, Pod } from '../../inventory/kubernetes.ts';
import { workloads } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { templateFix } from '../finding-facts/template-fix.ts';
import { some } from '../finding-facts/words.ts';
import { defineFinding } from './finding.ts';

/** Variables that hold a secret of a cloud account by their definition. Sources: the AWS CLI, azure-identity, Terraform's providers. */
const NAMES = new Set(['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AZURE_CLIENT_SECRET', 'ARM_CLIENT_SECRET', 'GOOGLE_CREDENTIALS']);

const isFromSecret = ({ secretReferences }: Container, index: number): boolean =>
  secretReferences.some(({ pointer }) => pointer === `/env/${index}/valueFrom/secretKeyRef`);

/** Variables whose value is written out, or comes from a ConfigMap: which of the two is not kept, as values are not. */
const writtenOut = (pod: Pod): readonly { readonly name: string; readonly evidence: Evidence }[] =>
  pod.spec.containers.flatMap((container) =>
    container.envNames.flatMap((name, index) =>
      NAMES.has(name) && !isFromSecret(container, index)
        ? [
            {
              name,
              evidence: podEvidence(
                pod,
                `${containerPointer(container)}/env/${index}`,
                `${name} of ${container.name} comes from no secret`,
              ),
            },
          ]
        : [],
    ),
  );

const namesNoKey = (list: string): string =>
  `(!has(object.spec.${list}) || object.spec.${list}.all(c, !has(c.env) || c.env.all(e, !(e.name in ${JSON.stringify([...NAMES])}) || !has(e.value))))`;

export const credentialInEnvironment = defineFinding({
  id: 'credential-in-environment',
  title: 'Cloud keys are written into pod templates',
  severity: 'high',
  class: 'hygiene',
  why: 'Whoever may read pods or workloads reads the key: `view` gives that, dashboards and backups show it, and it lies in the repository that the manifest came from.',
  remediation: 'Revoke the key; give the workload an identity of its own (Pod Identity, Workload Identity).',
  misses: 'other variables, and whether the value is written out or comes from a ConfigMap',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html',
    'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
  ],
  prevention: validating({
    name: 'no-cloud-keys-in-pods',
    says: 'refuses pods with a cloud key as a literal value',
    resources: [['', 'pods', 'pods/ephemeralcontainers']],
    field: 'spec',
    validations: [
      {
        expression: ['containers', 'initContainers', 'ephemeralContainers'].map(namesNoKey).join(' && '),
        message: 'give the workload a cloud identity instead of a key',
      },
    ],
  }),
  population: workloads,
  *find(world) {
    for (const workload of world.workloads) {
      const [pod] = workload.pods;
      const { kind, namespace, name, node } = workload;
      const found = writtenOut(pod);
      const [first, ...rest] = found.map(({ evidence }) => evidence);
      if (first === undefined) continue;
      yield {
        subject: { kind, namespace, name, node },
        whyHere: `${some([...new Set(found.map((one) => one.name))])} ${found.length === 1 ? 'is' : 'are'} given by value or by a ConfigMap, and shown to everybody who may read pods in ${namespace}`,
        evidence: [first, ...rest],
        fix: templateFix(
          workload,
          `give the service account of ${kind} ${name} a cloud identity, take the variables out of its template as below, then revoke the key`,
          found.map((one) => ({ op: 'remove', path: one.evidence.pointer })),
        ),
      };
    }
  },
});
