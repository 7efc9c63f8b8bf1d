import { describe, expect, it } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';

const template = { spec: { containers: [{ name: 'c', image: 'i', env: [{ name: 'E', value: 'c4n4ry' }] }] } };
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template } };

function gapsOf(...objects: readonly object[]) {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'all.yaml' });
  return builder.finish().gaps;
}

describe('a manifest of a controller that is not read', () => {
  it.each<[string, object[], string[]]>([
    ['is told', [rollout], ['1 of kind Rollout (argoproj.io)']],
    ['is told once for its kind', [rollout, { ...rollout, metadata: { name: 's' } }], ['2 of kind Rollout (argoproj.io)']],
    [
      'of a known name in another group',
      [{ ...rollout, apiVersion: 'serving.knative.dev/v1', kind: 'Service' }],
      ['1 of kind Service (serving.knative.dev)'],
    ],
    ['with a hostile name', [{ ...rollout, kind: '__proto__' }], ['1 of kind __proto__ (argoproj.io)']],
  ])('%s', (_name, objects, expected) => {
    const gaps = gapsOf(...objects);
    expect(gaps.map(({ what }) => what)).toEqual(expected);
    expect(gaps[0]).toMatchObject({ file: 'all.yaml', why: expect.stringContaining('make pods') });
    expect(JSON.stringify(gaps)).not.toContain('c4n4ry');
  });

  it.each<[string, object]>([
    ['that a cluster has admitted: its pods are read', { ...rollout, metadata: { name: 'r', uid: '1' } }],
    ['without a template', { ...rollout, spec: {} }],
    ['whose template is of something else', { ...rollout, spec: { template: { spec: { chart: 'x' } } } }],
    [
      'that is a definition with such a schema',
      { ...rollout, kind: 'ConfigMap', apiVersion: 'v1', spec: undefined, data: { template: '' } },
    ],
    ['that is read', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { template } }],
  ])('is silent of one %s', (_name, object) => {
    expect(gapsOf(object)).toEqual([]);
  });
});
