import { accountWith, association, role, tokenFor } from '../../graph/testing/aws-account.ts';
import { API, annotated, EVERYTHING, FOR_OTHERS, POD, TRUST } from '../testing/annotated-account.ts';
import { tablesOf } from '../testing/finding-table.ts';

const PODS = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
/** A role that the account gets by its annotation and by an association, and a pod with the tokens of both. */
function twice() {
  const agent = tokenFor('pods.eks.amazonaws.com');
  const irsa = tokenFor('sts.amazonaws.com');
  return accountWith({ roles: [role('api', { trust: [TRUST, PODS], inline: [EVERYTHING] })] })
    .workload('DaemonSet', 'kube-system/eks-pod-identity-agent')
    .serviceAccount('shop/api', { metadata: { namespace: 'shop', name: 'api', annotations: { 'eks.amazonaws.com/role-arn': API } } })
    .aws(association('shop/api', API))
    .pod('shop/one', {
      serviceAccount: 'api',
      volumes: [...irsa.volumes, { ...agent.volumes[0], name: 'agent' }],
      mounts: [...irsa.mounts, { ...agent.mounts[0], name: 'agent', mountPath: '/var/run/agent' }],
    });
}

tablesOf('cloud-admin-workload', {
  finds: [
    ['pods that are the role', annotated({ inline: EVERYTHING }).pod('shop/one', POD), ['critical Pod shop/one']],
    [
      'a role under a condition',
      annotated({ inline: { ...EVERYTHING, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } } } }).pod('shop/one', POD),
      ['high Pod shop/one'],
    ],
    ['two links to one role, as one place', twice(), ['critical Pod shop/one']],
  ],
  silent: [
    ['a role with less', annotated().pod('shop/one', POD)],
    ['an account that no pod runs as', annotated({ inline: EVERYTHING })],
    ['a link that does not work', annotated({ trust: FOR_OTHERS, inline: EVERYTHING }).pod('shop/one', POD)],
    ['pods without the token', annotated({ inline: EVERYTHING }).pod('shop/one', { serviceAccount: 'api', token: false })],
    [
      'a pod of another account',
      annotated({ inline: EVERYTHING })
        .serviceAccount('shop/x')
        .pod('shop/one', { ...POD, serviceAccount: 'x' }),
    ],
  ],
});
