import { proven } from '../evidence/proven.ts';
import { AUTO_APPROVED, approving, eachCertifier, KUBELET_SIGNER } from '../facts/certificate-rights.ts';
import { everything } from '../facts/everything.ts';
import { nodeUsers } from '../facts/identity-sets.ts';
import { kubeletVolumesNode } from '../facts/kubelet-volumes-node.ts';
import { wildcardRules } from '../facts/wildcards.ts';
import { defineTechnique } from './technique.ts';

const HANGS_ON = `the controller manager approving (controller csrapproving) and signing for ${KUBELET_SIGNER} with a CA that the API server trusts, as it does on clusters whose nodes join by themselves`;

export const nodeCertificate = defineTechnique({
  id: 'node-certificate',
  title: 'Gets the certificate of a node',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-users', 'group', 'kubelet-volumes'],
  action:
    'Requests the client certificate of any node (`system:node:NAME` in `system:nodes`), which is approved by itself or by the controller manager, and acts as that kubelet: reads the secrets of the pods there, mints their tokens.',
  precondition: `\`create\` on \`certificatesigningrequests\`, a way to read the request back, and either \`create\` on \`certificatesigningrequests/nodeclient\` (then it is approved for him), or \`update\` or \`patch\` on \`certificatesigningrequests/approval\` and \`approve\` on \`signers\` named \`${KUBELET_SIGNER}\`, \`kubernetes.io/*\` or unnamed; all cluster-wide.`,
  remediation: 'Leave `nodeclient` to bootstrap tokens that expire, and `approve` on that signer to the controller manager.',
  coverage: {
    level: 'partial',
    misses:
      '`selfnodeclient`, by which a node renews its own certificate; secrets that pods name in environments only; whether the controller manager signs for this signer',
  },
  attck: ['T1649'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/',
    'https://kubernetes.io/docs/reference/access-authn-authz/node/',
    'https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/certificates/approver/sarapprove.go',
  ],
  find(facts, emit) {
    for (const needs of [AUTO_APPROVED, approving(KUBELET_SIGNER)]) {
      eachCertifier(facts, needs, (subject, parts) => {
        const { node } = subject;
        const detail = facts.keep({ parts, hangsOn: HANGS_ON });
        emit(node, nodeUsers(facts), detail, 'conditional');
        emit(node, facts.nodes.intern('group', 'system:nodes'), detail, 'conditional');
        // The Node authorizer lets a kubelet read the secrets that the volumes of its pods name, and mint the tokens in them; an administrator has all of it.
        if (facts.pods.byNode.size > 0 && !wildcardRules(subject).has(''))
          emit(node, kubeletVolumesNode(facts, everything(facts, 'all-nodes', '')), detail, 'conditional');
      });
    }
  },
  ...proven,
});
