import { expect, test } from 'vitest';
import { cluster } from '../../inventory/testing/cluster.ts';
import { found } from '../testing/finding-rows.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () => cluster().namespace('a').namespace('b').pod('a/one');

tablesOf('namespace-without-network-policy', {
  finds: [
    ['a namespace with pods', world(), ['low Namespace a']],
    ['a policy in another namespace', world().networkPolicy('b/deny', { podSelector: {}, policyTypes: ['Ingress'] }), ['low Namespace a']],
  ],
  silent: [
    ['a policy', world().networkPolicy('a/deny', { podSelector: {}, policyTypes: ['Ingress'] })],
    ['a namespace without pods', cluster().namespace('a')],
    [
      'pods in the network of the node, where no policy holds',
      cluster()
        .namespace('a')
        .pod('a/one', { spec: { hostNetwork: true } }),
    ],
    ['pods that have ended', cluster().namespace('a').pod('a/one', { phase: 'Succeeded' })],
  ],
});

test('no command shuts the namespace that everybody asks for names', () => {
  const world = cluster().namespace('kube-system').namespace('a').pod('kube-system/coredns').pod('a/one');
  const rows = found(world.inventory(), 'namespace-without-network-policy')?.rows ?? [];
  expect(rows.map(({ subject, fix }) => [subject.name, fix.command?.includes('default-deny-ingress')])).toEqual([
    ['a', true],
    ['kube-system', undefined],
  ]);
});
