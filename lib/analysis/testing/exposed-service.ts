import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

/** Service `a/web` in front of the pods `app: web`; a load balancer has an address on the internet. */
export const service = (type: string, more: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace: 'a', name: 'web', uid: 'uid-of-service' },
  spec: { type, clusterIP: '10.0.0.1', selector: { app: 'web' }, ports: [{ port: 443, targetPort: 8443, protocol: 'TCP' }], ...more },
  status: { loadBalancer: type === 'LoadBalancer' ? { ingress: [{ ip: '203.0.114.7' }] } : {} },
});

/** A pod of `a/bot` that listens there. */
export const WEB = { serviceAccount: 'bot', metadata: { labels: { app: 'web' } }, container: { ports: [{ containerPort: 8443 }] } };

/** The service and its pod, whose account may do nothing. */
export const behind = (type = 'LoadBalancer', more: Json = {}): ClusterFixture =>
  cluster().namespace('a').serviceAccount('a/bot').add(service(type, more)).pod('a/web', WEB);

/** The same with an account that is cluster admin. */
export const adminBehind = (type = 'LoadBalancer', more: Json = {}): ClusterFixture =>
  behind(type, more)
    .clusterRole('all', rule('*', '*', '*'))
    .clusterRoleBinding('b', 'ClusterRole/all', sa('a/bot'));
