import { describe, expect, test } from 'vitest';
import type { ServedRequest } from '../../../e2e/api-server/fault.ts';
import { namespace, object, pods, serviceAccount } from './testing/objects.ts';
import { collected, tryCollect } from './testing/try-collect.ts';

const NAMESPACES = ['a', 'b', 'c'];
const CLUSTER = [
  ...NAMESPACES.flatMap((name) => [namespace(name), ...pods(name, 3), serviceAccount(name, 'default')]),
  object('v1', 'Node', { name: 'n1' }),
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: 'admin' }, { rules: [] }),
];
const USER = 'system:serviceaccount:b:reader';
const clusterWide = ({ plural, namespace: one }: ServedRequest): boolean => plural !== undefined && one === undefined;

describe('a resource that may not be listed', () => {
  test('cluster-scoped: a gap with the right and the command that gives it', async () => {
    const { inventory } = await collected({ objects: CLUSTER, user: USER, forbid: ({ plural }) => plural === 'clusterroles' });
    expect(inventory.gaps).toEqual([
      {
        id: expect.any(String),
        source: 'kubernetes',
        what: 'clusterroles',
        resources: ['clusterroles'],
        why: `the API server forbids \`${USER}\` to list clusterroles.rbac.authorization.k8s.io at the cluster scope (403)`,
        remedy:
          'add the rule `{apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["list"]}` to a ClusterRole that is bound cluster-wide: ' +
          '`kubectl create clusterrole podreach-list-clusterroles --verb=list --resource=clusterroles.rbac.authorization.k8s.io` and ' +
          '`kubectl create clusterrolebinding podreach-list-clusterroles --clusterrole=podreach-list-clusterroles --serviceaccount=b:reader`',
        permission: 'list clusterroles.rbac.authorization.k8s.io at the cluster scope',
      },
    ]);
    expect(inventory.kubernetes.pods.length).toBe(9);
  });

  test('404: the gap says that the server does not have it', async () => {
    const { inventory, server } = await collected({ objects: CLUSTER, absent: ['cronjobs'] });
    expect(inventory.gaps.map(({ what, why }) => [what, why])).toEqual([
      ['cronjobs', 'the API server does not serve cronjobs.batch v1 (404)'],
    ]);
    expect(server.requests.filter(({ plural }) => plural === 'cronjobs').length).toBe(1);
  });

  test('a name with shell characters in the 403 gets into no command', async () => {
    const { inventory } = await collected({ objects: CLUSTER, user: 'x; rm -rf ~ #', forbid: ({ plural }) => plural === 'nodes' });
    expect(inventory.gaps[0]?.remedy).toContain('--user=USER');
    expect(JSON.stringify(inventory.gaps)).not.toContain('rm -rf');
  });

  test('/version, the issuer and aws-auth are forbidden: gaps, and the lists are read', async () => {
    const { inventory } = await collected({ objects: CLUSTER, forbid: ({ plural }) => plural === undefined });
    expect(inventory.gaps.map(({ what, permission }) => [what, permission])).toEqual([
      ['ConfigMap kube-system/aws-auth', 'get configmaps kube-system/aws-auth'],
      ['issuer', 'get /.well-known/openid-configuration'],
      ['optional APIs', 'get /apis'],
      ['version', 'get /version'],
    ]);
    expect(inventory.kubernetes.pods.length).toBe(9);
  });

  test('nothing may be listed: an error that names a right', async () => {
    const { error } = await tryCollect({ objects: CLUSTER, user: USER, forbid: ({ plural }) => plural !== undefined });
    expect(error?.message).toMatch(
      /^nothing could be read: the API server forbids `system:serviceaccount:b:reader` to list pods .*kubectl create clusterrole/,
    );
  });

  test('an empty cluster that may be read is no error', async () => {
    const { inventory } = await collected({ objects: [] });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.pods).toEqual([]);
  });
});

describe('namespace by namespace', () => {
  test('pods are forbidden cluster-wide, the namespaces are known and all readable: nothing is missing', async () => {
    const { inventory, server } = await collected({
      objects: CLUSTER,
      forbid: (request) => request.plural === 'pods' && clusterWide(request),
    });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.pods.length).toBe(9);
    // What may be read cluster-wide is not asked for again in each namespace.
    expect(server.requests.filter(({ namespace: one }) => one !== undefined).map(({ path }) => path)).toEqual(
      NAMESPACES.map((name) => `/api/v1/namespaces/${name}/pods`),
    );
  });

  test('many namespaces are forbidden: one gap for the resource', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `ns-${String(index).padStart(2, '0')}`);
    const objects = many.flatMap((name) => [namespace(name), ...pods(name, 1)]);
    const { inventory, server } = await collected({
      objects,
      user: USER,
      forbid: ({ plural, namespace: one }) => plural === 'pods' && one !== 'ns-07',
    });
    expect(inventory.kubernetes.pods.map((one) => one.namespace)).toEqual(['ns-07']);
    expect(inventory.gaps.length).toBe(1);
    const [gap] = inventory.gaps;
    expect(gap?.where).toMatch(/^namespaces `ns-00`, .* and 49 more$/);
    expect(gap?.why).toMatch(/; read in 1 namespace \(`ns-07`\), forbidden in 59 namespaces \(/);
    expect(gap?.permission).toMatch(/^list pods in 59 namespaces/);
    expect(server.mostAtOnce).toBeLessThanOrEqual(6);
  });

  test('namespaces may not be listed: the ones given are tried', async () => {
    const { inventory } = await collected({ objects: CLUSTER, user: USER, forbid: clusterWide }, { namespaces: ['a', 'c', 'a'] });
    expect(inventory.kubernetes.pods.map((one) => one.namespace)).toEqual(['a', 'a', 'a', 'c', 'c', 'c']);
    const gap = inventory.gaps.find(({ what }) => what === 'pods');
    expect(gap?.where).toBe('all namespaces but `a`, `c`');
    expect(gap?.permission).toBe('list pods at the cluster scope');
  });

  test('nothing is given: the namespace of the context and the one of the service account', async () => {
    const { inventory } = await collected(
      { objects: CLUSTER, user: USER, forbid: clusterWide },
      { kubeconfigWanted: { context: { namespace: 'c' } } },
    );
    expect([...new Set(inventory.kubernetes.pods.map((one) => one.namespace))]).toEqual(['b', 'c']);
    expect(inventory.gaps.filter(({ what }) => what === 'pods').length).toBe(1);
  });

  test('a namespace that fails is another gap than one that is forbidden', async () => {
    const { inventory } = await collected({
      objects: CLUSTER,
      forbid: (request) => request.plural === 'pods' && (clusterWide(request) || request.namespace === 'a'),
      faults: [{ does: { kind: 'status', status: 500 }, when: { plural: 'pods', namespace: 'b' } }],
    });
    expect(inventory.gaps.map(({ what, where }) => [what, where])).toEqual([
      ['pods', 'namespace `a`'],
      ['pods', 'namespace `b`'],
    ]);
    expect(inventory.kubernetes.pods.length).toBe(3);
  });

  test('a namespace with a hostile name stays within its path', async () => {
    const { server } = await collected({ objects: CLUSTER, forbid: clusterWide }, { namespaces: ['a', '../../secrets?x='] });
    expect(server.requests.filter(({ path }) => path.includes('%2F')).length).toBeGreaterThan(0);
    expect(server.requests.every(({ query }) => !query.has('x'))).toBe(true);
  });
});
