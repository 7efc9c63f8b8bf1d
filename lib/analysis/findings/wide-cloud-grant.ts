import { gcpWarnings } from '../../access/gcp/warnings.ts';
import { withoutMember } from '../finding-facts/gcp-steps.ts';
import { cloudIdentities } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import type { Severity } from '../summary.ts';
import { defineFinding } from './finding.ts';

const WIDE: ReadonlyMap<string, Severity> = new Map([
  ['project-level-workload-identity-user', 'high'],
  ['project-level-token-creator', 'high'],
  ['shared-pool', 'low'],
]);

export const wideCloudGrant = defineFinding({
  id: 'wide-cloud-grant',
  title: 'Grants in the cloud are wider than they look',
  severity: 'medium',
  class: 'cloud',
  why: 'A right to become service accounts that is given on a project holds for all of them, those of owners too; clusters that share a pool share identities by name.',
  remediation:
    'Grant roles/iam.workloadIdentityUser on the one service account; keep clusters that do not trust each other in projects of their own.',
  references: [
    'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_sameness',
    'https://cloud.google.com/iam/docs/service-account-permissions',
  ],
  prevention: noPolicy('the grant is in the cloud account; an organisation policy or a check of the code that writes it stops it'),
  population: cloudIdentities,
  *find({ inventory }) {
    for (const { code, resource, member = '', says, evidence, grant } of gcpWarnings(inventory)) {
      const severity = WIDE.get(code);
      const [first, ...rest] = evidence;
      if (severity === undefined || first === undefined) continue;
      yield {
        subject: { kind: first.kind, name: resource },
        part: `${code}\n${member}\n${code === 'shared-pool' ? '' : first.says}`,
        severity,
        whyHere: says,
        evidence: [first, ...rest],
        fix:
          grant === undefined
            ? {
                says: 'move clusters that do not trust each other into projects of their own',
                lacks: 'the pool of a cluster is its project, and a cluster cannot change its project: it is made anew in another',
              }
            : {
                says: `take ${member} out of ${grant.binding.role} on ${resource}; before, grant it on the service account that is meant`,
                ...withoutMember(grant.policy, grant.binding, member),
              },
      };
    }
  },
});
