import { proven } from '../evidence/proven.ts';
import { approving, CLIENT_SIGNER, eachCertifier } from '../facts/certificate-rights.ts';
import { everything, hasAny } from '../facts/everything.ts';
import { identitySet } from '../facts/identity-sets.ts';
import { defineTechnique } from './technique.ts';

const HANGS_ON = `the controller manager signing for ${CLIENT_SIGNER} with a CA that the API server trusts: it does where it was given the cluster's CA, as kubeadm does`;

export const certificateApprove = defineTechnique({
  id: 'certificate-approve',
  title: 'Approves itself a client certificate',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-users', 'all-groups', 'all-service-accounts'],
  action:
    'Requests a certificate for any user name (a service account has one too) and any groups but `system:masters`, approves it and logs in with it; it cannot be revoked.',
  precondition: `\`create\` on \`certificatesigningrequests\`, \`update\` or \`patch\` on \`certificatesigningrequests/approval\`, \`approve\` on \`signers\` named \`${CLIENT_SIGNER}\`, \`kubernetes.io/*\` or unnamed, and a way to read the request back (\`get\`, \`list\`, \`watch\`, or \`patch\`, which answers with it); all cluster-wide.`,
  remediation: 'Take `approve` on that signer away, or name the signer that is needed in `resourceNames`.',
  coverage: {
    level: 'partial',
    misses:
      'users and groups that no binding names; whether the controller manager signs for this signer, which its flags tell and no API does',
  },
  attck: ['T1649'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization',
    'https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/admission/certificates/approval/admission.go',
    'https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/admission/certificates/subjectrestriction/admission.go',
  ],
  find(facts, emit) {
    eachCertifier(facts, approving(CLIENT_SIGNER), ({ node }, parts) => {
      const detail = facts.keep({ parts, hangsOn: HANGS_ON });
      emit(node, everything(facts, 'all-users', ''), detail, 'conditional');
      emit(node, identitySet(facts, 'not-masters'), detail, 'conditional');
      if (hasAny(facts, 'all-service-accounts', '')) emit(node, everything(facts, 'all-service-accounts', ''), detail, 'conditional');
    });
  },
  ...proven,
});
