import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { qualifiedPlural } from '../../sources/kubernetes/resources.ts';
import { LISTED_RESOURCES } from '../../sources/listed-resources.ts';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import { FakeTools } from './testing/fake-tools.ts';

let tools: FakeTools;
beforeEach(() => {
  tools = new FakeTools(['kubectl']);
  tools.answer('kubectl', ['get', 'pods', '--all-namespaces', '-o', 'json'], { apiVersion: 'v1', kind: 'List', items: [] });
});
afterEach(() => tools.close());

const API_RESOURCES = ['api-resources', '--verbs=list', '--no-headers'];

/** Lists of the optional APIs that the script asked kubectl for, as `NAME.GROUP`. */
function asked(...lines: string[]): string[] {
  tools.answer('kubectl', API_RESOURCES, lines.join('\n'));
  expect(tools.run(['kubernetes']).code).toBe(0);
  return tools
    .unexpected()
    .map((line) => line.split('|'))
    .filter(([, verb, name]) => verb === 'get' && /\.(io|sh|org)$/.test(name ?? '') && !BUILT_IN.has(name ?? ''))
    .map(([, , name]) => name ?? '');
}

const BUILT_IN = new Set(LISTED_RESOURCES.map(qualifiedPlural));

describe('what a server may not have', () => {
  test.each([
    ['nothing of it', ['pods   po   v1   true   Pod', 'deployments deploy apps/v1 true Deployment'], []],
    [
      'a policy of Kyverno, with short names',
      ['clusterpolicies   cpol   kyverno.io/v1   false   ClusterPolicy'],
      ['clusterpolicies.kyverno.io'],
    ],
    ['a route, without', ['httproutes      gateway.networking.k8s.io/v1   true   HTTPRoute'], ['httproutes.gateway.networking.k8s.io']],
    [
      'any constraint',
      ['k8srequiredlabels   constraints.gatekeeper.sh/v1beta1   false   K8sRequiredLabels'],
      ['k8srequiredlabels.constraints.gatekeeper.sh'],
    ],
    [
      'of Cilium only what decides',
      ['ciliumendpoints cep cilium.io/v2 true CiliumEndpoint', 'ciliumnetworkpolicies cnp cilium.io/v2 true CiliumNetworkPolicy'],
      ['ciliumnetworkpolicies.cilium.io'],
    ],
    ['a kind of another group', ['clusterpolicies example.com/v1 false ClusterPolicy', 'policies kyverno.io.evil.io/v1 true Policy'], []],
    [
      'a name that is an option, or leaves its folder',
      [
        '-rf kyverno.io/v1 false ClusterPolicy',
        '../x kyverno.io/v1 false ClusterPolicy',
        '$(touch-pwned) kyverno.io/v1 false ClusterPolicy',
        '* kyverno.io/v1 false ClusterPolicy',
      ],
      [],
    ],
  ])('%s', (_name, lines, expected) => {
    expect(asked(...lines)).toEqual(expected);
  });

  test('is collected into a file of its own and read', async () => {
    const item = {
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      metadata: { name: 'p' },
      spec: { validationFailureAction: 'Enforce' },
    };
    tools.answer('kubectl', ['get', 'clusterpolicies.kyverno.io', '--all-namespaces', '-o', 'json'], {
      apiVersion: 'v1',
      kind: 'List',
      items: [item],
    });
    asked('clusterpolicies cpol kyverno.io/v1 false ClusterPolicy');
    const { kubernetes, gaps } = await readSnapshot(tools.folder);
    expect(kubernetes.enginePolicies).toEqual([{ apiGroup: 'kyverno.io', kind: 'ClusterPolicy', name: 'p', action: 'enforce' }]);
    expect(gaps.filter(({ file }) => file?.includes('clusterpolicies') || file?.includes('api-resources'))).toEqual([]);
  });

  test('cannot be asked for: a gap', async () => {
    tools.refuse('kubectl', API_RESOURCES, 'error: unable to retrieve the complete list of server APIs');
    expect(tools.run(['kubernetes']).code).toBe(0);
    const { gaps } = await readSnapshot(tools.folder);
    expect(gaps.filter(({ file }) => file === 'kubernetes/api-resources.json')).toHaveLength(1);
  });
});
