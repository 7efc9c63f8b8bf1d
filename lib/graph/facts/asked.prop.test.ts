import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cluster } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { edgeAt } from '../read.ts';
import { wideWorlds } from '../testing/wide-worlds.ts';

type Json = Record<string, unknown>;

const ADMISSION = 'admissionregistration.k8s.io/v1';

const selector = fc.option(
  fc.record({
    key: fc.constantFrom('kubernetes.io/metadata.name', 'app', 'team'),
    values: fc.subarray(['a', 'b', 'web'], { minLength: 1 }),
  }),
  { nil: undefined, freq: 1 },
);
const selectorOf = (one: { key: string; values: string[] } | undefined, operator: string): Json =>
  one === undefined ? {} : { matchExpressions: [{ ...one, operator }] };

/** A policy that refuses, about anything. */
const policies = fc
  .record({
    operations: fc.subarray(['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'], { minLength: 1 }),
    apiGroups: fc.subarray(['*', '', 'apps', 'rbac.authorization.k8s.io', 'certificates.k8s.io'], { minLength: 1 }),
    resources: fc.subarray(['*', '*/*', 'pods', 'pods/*', 'secrets', 'serviceaccounts/token', 'rolebindings'], { minLength: 1 }),
    resourceNames: fc.option(fc.constant(['web']), { nil: undefined, freq: 1 }),
    namespaces: selector,
    objects: selector,
    operator: fc.constantFrom('In', 'NotIn'),
  })
  .map(({ namespaces, objects, operator, resourceNames, ...rule }): Json[] => [
    {
      apiVersion: ADMISSION,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'added' },
      spec: {
        matchConstraints: {
          resourceRules: [{ ...rule, apiVersions: ['*'], ...(resourceNames === undefined ? {} : { resourceNames }) }],
          namespaceSelector: selectorOf(namespaces, operator),
          objectSelector: selectorOf(objects, operator),
        },
      },
    },
    {
      apiVersion: ADMISSION,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'added' },
      spec: { policyName: 'added', validationActions: ['Deny'] },
    },
  ]);

function certainties(objects: readonly Json[]): Map<string, string> {
  const fixture = cluster();
  for (const object of objects) fixture.add(object);
  const graph = buildGraph(fixture.inventory());
  const edges = [...Array(graph.edges.count).keys()].map((edge) => edgeAt(graph, edge));
  return new Map(edges.map(({ technique, from, to, certainty }) => [`${technique} ${from} → ${to}`, certainty]));
}

test('a policy that may refuse never makes an edge surer, and adds or takes none but the way past itself', () => {
  let turned = 0;
  fc.assert(
    fc.property(wideWorlds, policies, (objects, policy) => {
      const before = certainties(objects);
      const after = certainties([...objects, ...policy]);
      const isWayPast = (edge: string): boolean => edge.startsWith('policy-weaken ');
      expect([...after.keys()].filter((edge) => !before.has(edge) && !isWayPast(edge))).toEqual([]);
      expect([...before.keys()].filter((edge) => !after.has(edge) && !isWayPast(edge))).toEqual([]);
      for (const [edge, certainty] of after) {
        const was = before.get(edge);
        if (was === undefined || was === certainty || isWayPast(edge)) continue;
        expect([was, certainty], edge).toEqual(['certain', 'conditional']);
        turned += 1;
      }
    }),
    { seed: 20261122, numRuns: 250 },
  );
  expect(turned).toBeGreaterThan(200);
});
