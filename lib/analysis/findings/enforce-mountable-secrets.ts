import { objectEvidence } from '../../graph/evidence/objects.ts';
import { fixBy, withoutAnnotations } from '../finding-facts/fix-steps.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { accounts } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const ANNOTATION = 'kubernetes.io/enforce-mountable-secrets';

export const enforceMountableSecrets = defineFinding({
  id: 'enforce-mountable-secrets',
  title: 'Accounts rely on the deprecated enforce-mountable-secrets',
  severity: 'low',
  class: 'hygiene',
  why: 'The annotation is deprecated since 1.32, and never kept a pod from more than the secrets of its own spec: whoever makes pods may choose another account.',
  remediation: "Put workloads that must not see each other's secrets into namespaces of their own.",
  references: [
    'https://kubernetes.io/docs/concepts/security/service-accounts/#enforce-mountable-secrets',
    'https://kubernetes.io/docs/reference/labels-annotations-taints/#enforce-mountable-secrets',
  ],
  prevention: validating({
    name: 'no-enforce-mountable-secrets',
    says: 'refuses service accounts with the annotation',
    resources: [['', 'serviceaccounts']],
    field: 'metadata.annotations',
    validations: [
      {
        expression: '!has(object.metadata.annotations) || !("kubernetes.io/enforce-mountable-secrets" in object.metadata.annotations)',
        message: 'enforce-mountable-secrets is deprecated; use namespaces',
      },
    ],
  }),
  population: accounts,
  *find(world) {
    for (const account of world.inventory.kubernetes.serviceAccounts) {
      const { namespace, name, annotations, secrets } = account;
      if (annotations.get(ANNOTATION) !== 'true') continue;
      const node = world.accountNode(namespace, name);
      yield {
        subject: { kind: 'ServiceAccount', namespace, name, ...(node === undefined ? {} : { node }) },
        whyHere: `its pods may mount ${secrets.length} listed secrets only, but whoever makes pods in ${namespace} may run them as another account`,
        evidence: [
          objectEvidence('ServiceAccount', account, '/metadata/annotations/kubernetes.io~1enforce-mountable-secrets', 'is "true"'),
        ],
        fix: fixBy('move the workload into a namespace of its own, then take the annotation away', [
          withoutAnnotations(coreTarget('ServiceAccount', { namespace, name }), [ANNOTATION]),
        ]),
      };
    }
  },
});
