import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';
import type { Inventory } from '../inventory.ts';

function built(...objects: unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'x.json', pointer: '' });
  return builder.finish();
}

const policy = (spec: unknown, metadata: object = { name: 'p', namespace: 'shop', uid: 'u' }) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec,
});
const EVERYTHING = { matchLabels: new Map(), matchExpressions: [] };

describe('a network policy', () => {
  test('keeps selectors, blocks and ports as they are written', () => {
    const spec = {
      podSelector: { matchLabels: { app: 'api' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a'] }] },
      policyTypes: ['Egress'],
      egress: [
        { ports: [{ port: 443, protocol: 'TCP' }, { port: 'https' }, { port: 8000, endPort: 9000 }] },
        {
          to: [
            { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } },
            { namespaceSelector: {}, podSelector: { matchLabels: { a: 'b' } } },
          ],
        },
      ],
    };
    const { gaps, kubernetes } = built(policy(spec));
    expect(gaps).toEqual([]);
    expect(kubernetes.networkPolicies).toEqual([
      {
        namespace: 'shop',
        name: 'p',
        uid: 'u',
        podSelector: { matchLabels: new Map([['app', 'api']]), matchExpressions: [{ key: 'tier', operator: 'In', values: ['a'] }] },
        policyTypes: ['Egress'],
        ingress: [],
        egress: [
          { ports: [{ protocol: 'TCP', port: '443' }, { port: 'https' }, { port: '8000', endPort: 9000 }], peers: [] },
          {
            ports: [],
            peers: [
              { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } },
              { namespaceSelector: EVERYTHING, podSelector: { matchLabels: new Map([['a', 'b']]), matchExpressions: [] } },
            ],
          },
        ],
      },
    ]);
  });

  test.each([
    ['nothing but a selector', { podSelector: {} }, ['Ingress']],
    ['rules for what goes out', { podSelector: {}, egress: [{}] }, ['Ingress', 'Egress']],
    ['an empty list of types', { policyTypes: [], egress: [{}] }, ['Ingress', 'Egress']],
    ['types of its own', { policyTypes: ['Egress'], ingress: [{}] }, ['Egress']],
  ])('with %s is of types %j', (_name, spec, types) => {
    expect(built(policy(spec)).kubernetes.networkPolicies[0]?.policyTypes).toEqual(types);
  });

  test('tells a peer that selects everything from one that selects by namespace only', () => {
    const { kubernetes } = built(policy({ ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }] }));
    expect(kubernetes.networkPolicies[0]?.ingress[0]?.peers).toEqual([{ podSelector: EVERYTHING }, { namespaceSelector: EVERYTHING }]);
  });

  test.each([
    ['a port', { egress: [{ ports: [{ port: {} }] }] }, '/spec/egress/0/ports/0/port'],
    ['a block without a range', { egress: [{ to: [{ ipBlock: {} }] }] }, '/spec/egress/0/to/0/ipBlock/cidr'],
    ['rules that are no list', { ingress: {} }, '/spec/ingress'],
    ['a selector', { podSelector: { matchLabels: { a: 1 } } }, '/spec/podSelector/matchLabels/a'],
  ])('with %s that is malformed is a gap', (_name, spec, pointer) => {
    const { gaps, kubernetes } = built(policy(spec));
    expect(kubernetes.networkPolicies).toEqual([]);
    expect(gaps).toMatchObject([{ pointer, what: 'NetworkPolicy `shop/p`' }]);
  });

  test('of a network plugin is another kind', () => {
    expect(built({ ...policy({}), apiVersion: 'crd.projectcalico.org/v1' }).kubernetes.networkPolicies).toEqual([]);
  });
});
