import { describe, expect, it } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';

const template = { spec: { containers: [{ name: 'c', image: 'i', env: [{ name: 'E', value: 'c4n4ry' }] }] } };
const container = { name: 'c', image: 'i', env: [{ name: 'E', value: 'c4n4ry' }] };
const rollout = { apiVersion: 'apps.example.com/v1', kind: 'Rollout', metadata: { name: 'r' }, spec: { template } };
const of = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'r' }, spec });
const nested = (levels: number, value: object): object => Array.from({ length: levels }).reduce<object>((inner) => ({ a: inner }), value);

function gapsOf(...objects: readonly object[]) {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'all.yaml' });
  return builder.finish().gaps;
}

describe('a manifest of a controller that is not read', () => {
  it.each<[string, object[], string[]]>([
    ['is told', [rollout], ['1 of kind Rollout (apps.example.com)']],
    ['is told once for its kind', [rollout, { ...rollout, metadata: { name: 's' } }], ['2 of kind Rollout (apps.example.com)']],
    [
      'of a known name in another group',
      [{ ...rollout, apiVersion: 'example.com/v1', kind: 'Service' }],
      ['1 of kind Service (example.com)'],
    ],
    [
      'of Argo Workflows',
      [
        of('argoproj.io/v1alpha1', 'WorkflowTemplate', {
          templates: [
            { name: 'a', dag: {} },
            { name: 'b', container },
          ],
        }),
      ],
      ['1 of kind WorkflowTemplate (argoproj.io)'],
    ],
    [
      'of Argo Workflows, on a schedule and by reference',
      [of('argoproj.io/v1alpha1', 'CronWorkflow', { workflowSpec: { workflowTemplateRef: { name: 'x' } } })],
      ['1 of kind CronWorkflow (argoproj.io)'],
    ],
    [
      'of Tekton',
      [of('tekton.dev/v1', 'Pipeline', { tasks: [{ taskSpec: { steps: [container] } }] })],
      ['1 of kind Pipeline (tekton.dev)'],
    ],
    [
      'of jobs in jobs',
      [of('jobset.x-k8s.io/v1alpha2', 'JobSet', { replicatedJobs: [{ template: { spec: { template } } }] })],
      ['1 of kind JobSet (jobset.x-k8s.io)'],
    ],
    [
      'that makes machines',
      [of('kubevirt.io/v1', 'VirtualMachine', { template: { spec: { domain: {} } } })],
      ['1 of kind VirtualMachine (kubevirt.io)'],
    ],
    [
      'of Spark',
      [of('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver: {} })],
      ['1 of kind SparkApplication (sparkoperator.k8s.io)'],
    ],
    ['with a hostile name', [{ ...rollout, kind: '__proto__' }], ['1 of kind __proto__ (apps.example.com)']],
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
    ['of a definition of such a kind in another group', of('example.com/v1', 'VirtualMachine', { template: { spec: { domain: {} } } })],
    ['that lists images', of('postgresql.cnpg.io/v1', 'ClusterImageCatalog', { images: [{ major: 16, image: 'i' }] })],
    ['whose containers are names', of('example.com/v1', 'Filter', { containers: ['a'], steps: [{ name: 'x' }] })],
    ['whose template nests deeper than any does', of('example.com/v1', 'Deep', nested(40, { template }))],
    ['that nests without end', of('example.com/v1', 'Deep', nested(5000, {}))],
    [
      'that holds more than any does',
      of('example.com/v1', 'Wide', { list: Array.from({ length: 30_000 }, () => ({})), z: { a: { b: { template } } } }),
    ],
    [
      'of a policy engine',
      of('kyverno.io/v1', 'ClusterPolicy', { rules: [{ validate: { pattern: { spec: { containers: [container] } } } }] }),
    ],
    ['whose pod is known', of('argoproj.io/v1alpha1', 'Rollout', { template })],
    ['of no replicas', of('argoproj.io/v1alpha1', 'AnalysisRun', {})],
    ['that is read', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { template } }],
  ])('is silent of one %s', (_name, object) => {
    expect(gapsOf(object)).toEqual([]);
  });
});
