import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions, sa } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/bot').serviceAccount('a/default').serviceAccount('b/bot').node('n1');
const pod = (options: PodOptions) => base().pod('a/web', options);
const BOT = ['pod:a/web → sa:a/bot'];

describe('runs-as', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the named account', pod({ serviceAccount: 'bot' }), BOT],
    ['the default account where none is named', pod({ spec: { serviceAccountName: undefined } }), ['pod:a/web → sa:a/default']],
    ['the default account where the name is empty', pod({ serviceAccount: '' }), ['pod:a/web → sa:a/default']],
    ['a pod without a token: whoever writes its kind can still choose the account', pod({ serviceAccount: 'bot', token: false }), BOT],
    ['a pod that no node has taken', pod({ serviceAccount: 'bot', node: '', phase: 'Pending' }), BOT],
    ['an account that is gone', pod({ serviceAccount: 'ghost' }), ['pod:a/web → sa:a/ghost (conditional)']],
    ['a pod that has ended: it is structure, and nobody walks it', pod({ serviceAccount: 'bot', phase: 'Succeeded' }), BOT],
    [
      'accounts with unlucky names',
      base().serviceAccount('a/constructor').pod('a/__proto__', { serviceAccount: 'constructor' }),
      ['pod:a/__proto__ → sa:a/constructor'],
    ],
    ['the account where no service account could be read', cluster().pod('a/web', { serviceAccount: 'bot' }), BOT],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'runs-as')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no pod at all', base()],
    ['a template is no pod', base().workload('Deployment', 'a/web', { serviceAccount: 'bot' })],
    [
      "a Pod of somebody else's API group",
      base().add({
        apiVersion: 'example.com/v1',
        kind: 'Pod',
        metadata: { namespace: 'a', name: 'web' },
        spec: { serviceAccountName: 'bot', containers: [] },
      }),
    ],
    ['a workload of another kind with the same field', base().workload('CronJob', 'a/web', { serviceAccount: 'bot' })],
    ['an account that no pod uses', base().serviceAccount('a/idle')],
    ['an account that rights were given to', base().role('a/r').roleBinding('a/rb', 'Role/r', sa('a/bot'))],
    ['a token Secret of the account', base().secret('a/t', { metadata: { annotations: { 'kubernetes.io/service-account.name': 'bot' } } })],
    ['an owner that is no pod', base().workload('Job', 'a/web', { serviceAccount: 'bot' })],
    ['a node', base().node('n2')],
    [
      'a pod without a name',
      base().add({ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'a' }, spec: { serviceAccountName: 'bot', containers: [] } }),
    ],
    ['a pod whose account is no text', pod({ spec: { serviceAccountName: { name: 'bot' } } })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'runs-as')).toEqual([]);
  });

  it('points at the field that names the account', () => {
    expect(evidenceOf(pod({ serviceAccount: 'bot' }).inventory(), 'runs-as')).toEqual(['Pod a/web /spec/serviceAccountName']);
  });
});
