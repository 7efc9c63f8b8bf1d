import { accountWith, federated, role, roleArn, tokenFor } from '../../graph/testing/aws-account.ts';
import { service, WEB } from '../testing/exposed-service.ts';
import { tablesOf } from '../testing/finding-table.ts';

const cloud = (type: string, inline: Record<string, unknown>) =>
  accountWith({ roles: [role('api', { trust: [federated()], inline: [inline] })] })
    .namespace('a')
    .serviceAccount('a/bot', { metadata: { namespace: 'a', name: 'bot', annotations: { 'eks.amazonaws.com/role-arn': roleArn('api') } } })
    .add(service(type))
    .pod('a/web', { ...WEB, ...tokenFor('sts.amazonaws.com') });
const ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

tablesOf('exposed-cloud-admin', {
  finds: [['a load balancer in front of a cloud administrator', cloud('LoadBalancer', ALL), ['critical Pod a/web']]],
  silent: [
    ['a service inside', cloud('ClusterIP', ALL)],
    ['an identity with less', cloud('LoadBalancer', { ...ALL, Action: 's3:GetObject' })],
  ],
});
