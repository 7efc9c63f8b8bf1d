import type { CloudLink } from '../../access/cloud/link.ts';
import { command, kubectl } from '../../access/shell.ts';
import { emitLinks, explainLink } from '../facts/cloud-links.ts';
import type { Fix } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** A link that does not work is closed by taking the annotation away, or mended by what the reason says. */
function unlink({ serviceAccount, reason }: CloudLink): Fix {
  const [namespace, name] = serviceAccount.split('/') as [string, string];
  return {
    says: `mend or remove the link: ${reason}`,
    command: kubectl(namespace, 'annotate', 'serviceaccount', name, 'eks.amazonaws.com/role-arn-'),
  };
}

function narrow({ identity }: CloudLink): Fix {
  const role = identity.slice(identity.lastIndexOf('/') + 1);
  return {
    says: `narrow the trust policy of ${identity} to the service accounts that need it`,
    command: command('aws', 'iam', 'update-assume-role-policy', `--role-name=${role}`, '--policy-document', 'file://trust.json'),
    sideEffect: "whoever is no longer named cannot get new credentials; those handed out last up to the session's end",
  };
}

export const assumeAwsRole = defineTechnique({
  id: 'assume-aws-role',
  title: 'Assumes an AWS role (IRSA)',
  class: 'cloud',
  walked: true,
  from: ['service-account', 'pod'],
  to: ['aws-role'],
  action: "Shows a service account token to STS (AssumeRoleWithWebIdentity) and gets the role's credentials.",
  precondition:
    "The role's account has an OIDC provider for the cluster's issuer with the token's audience, and the role's trust policy allows the service account; a pod needs a token with that audience.",
  remediation: 'Name the one service account in `:sub` and the audience in `:aud` of the trust policy, with StringEquals.',
  coverage: {
    level: 'partial',
    misses: 'a service account whose credentials an attacker got without a token of the right audience still counts as able to get one',
  },
  attck: ['T1078.004', 'T1550.001'],
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
    'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
  ],
  find(facts, emit) {
    emitLinks(facts, { method: 'irsa', kind: 'aws-role' }, emit);
  },
  changes({ cloudLinks }, { detail }) {
    const link = cloudLinks[detail];
    return link === undefined ? [] : [`trust policy: ${link.serviceAccount} ${link.identity}`];
  },
  explain(facts, edge) {
    return explainLink(facts, edge, (link) => (link.state === 'broken' ? unlink(link) : narrow(link)));
  },
});
