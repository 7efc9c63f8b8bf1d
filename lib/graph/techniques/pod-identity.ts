import { associationCommand } from '../../access/aws/association-command.ts';
import { emitLinks, explainLink } from '../facts/cloud-links.ts';
import { defineTechnique } from './technique.ts';

export const podIdentity = defineTechnique({
  id: 'pod-identity',
  title: 'Gets an AWS role by EKS Pod Identity',
  class: 'cloud',
  walked: true,
  from: ['service-account', 'pod'],
  to: ['aws-role'],
  action: 'Asks the Pod Identity agent of the node for the credentials of the associated role.',
  precondition:
    'An association names the service account, and the role trusts `pods.eks.amazonaws.com` with sts:AssumeRole and sts:TagSession under its conditions; a pod needs a token with audience `pods.eks.amazonaws.com`.',
  remediation: "Delete the association, or limit the role's trust policy by the request tags of cluster, namespace and service account.",
  coverage: { level: 'partial', misses: 'whether the agent runs on the node' },
  attck: ['T1078.004'],
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html'],
  find(facts, emit) {
    emitLinks(facts, { method: 'pod-identity', kind: 'aws-role' }, emit);
  },
  changes({ cloudLinks }, { detail }) {
    const link = cloudLinks[detail];
    return link === undefined ? [] : [`association: ${link.serviceAccount} ${link.identity}`];
  },
  explain(facts, edge) {
    const { aws } = facts.inventory;
    return explainLink(facts, edge, (link) => {
      const association = aws.podIdentityAssociations.find(
        (one) =>
          `${one.namespace}/${one.serviceAccount}` === link.serviceAccount &&
          (one.roleArn === link.identity || one.targetRoleArn === link.identity),
      );
      return {
        says:
          link.state === 'broken'
            ? `mend or delete the association: ${link.reason}`
            : 'delete the association if the workload does not need the role',
        ...(association === undefined ? {} : { command: associationCommand('delete', association) }),
        sideEffect: `pods of ${link.serviceAccount} get no new credentials of the role`,
      };
    });
  },
});
