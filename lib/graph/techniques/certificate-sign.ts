import { proven } from '../evidence/proven.ts';
import { CLIENT_SIGNER, eachCertifier, signing } from '../facts/certificate-rights.ts';
import { everything } from '../facts/everything.ts';
import { defineTechnique } from './technique.ts';

const HANGS_ON =
  'the key of a CA that the API server trusts for clients: the API server looks at who writes a certificate into a request, not at who signed it, and trusts no other';

export const certificateSign = defineTechnique({
  id: 'certificate-sign',
  title: 'Writes client certificates',
  class: 'rbac',
  walked: false,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-users'],
  action: 'Writes a certificate that he signed into a request; with the key of the CA he would be any user, and would not need this right.',
  precondition: `\`sign\` on \`signers\` named \`${CLIENT_SIGNER}\`, \`kubernetes.io/*\` or unnamed, and \`update\` or \`patch\` on \`certificatesigningrequests/status\`; cluster-wide.`,
  remediation: 'Leave `sign` for the built-in signers to the controller manager, which keeps the key of the CA.',
  coverage: { level: 'partial', misses: 'where the key of the CA lies; so it is told, and nothing follows from it' },
  attck: ['T1649'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization',
    'https://github.com/kubernetes/kubernetes/blob/master/plugin/pkg/admission/certificates/signing/admission.go',
  ],
  find(facts, emit) {
    eachCertifier(facts, signing(CLIENT_SIGNER), ({ node }, parts) =>
      emit(node, everything(facts, 'all-users', ''), facts.keep({ parts, hangsOn: HANGS_ON }), 'conditional'),
    );
  },
  ...proven,
});
