import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ingress, service, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const EDGE = ['ingress:a/web → service:a/web'];
const to = (name: string, port: Json = { number: 80 }) => ({ service: { name, port } });
const paths = (...backends: Json[]) => ({
  rules: [{ http: { paths: backends.map((backend) => ({ path: '/', pathType: 'Prefix', backend })) } }],
});
const world = (spec: Json) => withObjects(service('a/web'), ingress('a/web', spec));

describe('ingress-route', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a path', world({}), EDGE],
    ['a default backend', world({ rules: [], defaultBackend: to('web') }), EDGE],
    ['two paths to one service are one edge', world(paths(to('web'), to('web', { name: 'http' }))), EDGE],
    [
      'two services',
      withObjects(service('a/web'), service('a/api'), ingress('a/web', paths(to('web'), to('api')))),
      ['ingress:a/web → service:a/api', ...EDGE],
    ],
    [
      'an Ingress of v1beta1',
      withObjects(service('a/web'), {
        ...ingress('a/web', { rules: [{ http: { paths: [{ backend: { serviceName: 'web', servicePort: 80 } }] } }] }),
        apiVersion: 'networking.k8s.io/v1beta1',
      }),
      EDGE,
    ],
  ])('finds %s', (_name, one, edges) => {
    expect(edgesOf(one.inventory(), 'ingress-route')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a service that is not there', withObjects(ingress('a/web'))],
    ['a service of that name in another namespace', withObjects(service('b/web'), ingress('a/web'))],
    ['a backend that is no service', world(paths({ resource: { apiGroup: 'k8s.example', kind: 'StorageBucket', name: 'web' } }))],
    ['no rules', world({ rules: [] })],
    ['a rule of a host alone', world({ rules: [{ host: 'web.example' }] })],
    ['a service that no Ingress names', withObjects(service('a/web'), ingress('a/web', paths(to('other'))))],
  ])('stays silent: %s', (_name, one) => {
    expect(edgesOf(one.inventory(), 'ingress-route')).toEqual([]);
  });

  it('points at every backend, and is closed by deleting the Ingress', () => {
    const one = world({ ...paths(to('other'), to('web'), to('web')), defaultBackend: to('web') }).inventory();
    expect(evidenceOf(one, 'ingress-route')).toEqual([
      'Ingress a/web /spec/defaultBackend',
      'Ingress a/web /spec/rules/0/http/paths/1/backend',
      'Ingress a/web /spec/rules/0/http/paths/2/backend',
    ]);
    expect(changesOfEdges(one, 'ingress-route')).toEqual([`${EDGE[0]}: delete Ingress/a/web`]);
  });
});
