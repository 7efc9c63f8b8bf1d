import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { service, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const LB = { type: 'LoadBalancer' };
const PUBLIC = [{ ip: '203.0.113.7' }];
const PRIVATE = [{ ip: '10.0.0.7' }];
const NAME = [{ hostname: 'a-1.elb.eu-west-1.amazonaws.com' }];
const balancer = (spec: Json = {}, annotations: Json = {}, addresses: readonly Json[] = PUBLIC) =>
  withObjects(service('a/web', { ...LB, ...spec }, annotations, addresses));
const on = (world: ClusterFixture, providerID: string) => world.node('n9', {}, { providerID });
const AWS = 'aws:///eu-west-1a/i-1';
const b = 'service.beta.kubernetes.io/';
const INTERNET = ['internet:internet → service:a/web'];
const MAYBE = ['internet:internet → service:a/web (conditional)'];
const NETWORK = ['node-network:nodes → service:a/web'];
const NETWORK_MAYBE = ['node-network:nodes → service:a/web (conditional)'];

describe('load-balancer', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a public address', balancer(), INTERNET],
    ['a public IPv6 address', balancer({}, {}, [{ ip: '2001:db8::7' }]), INTERNET],
    ['no address yet', balancer({}, {}, []), MAYBE],
    ['a host name, and nobody says whose', balancer({}, {}, [{ hostname: 'lb.example.com' }]), MAYBE],
    ['a host name of AWS, which faces the internet by default', on(balancer({}, {}, NAME), AWS), INTERNET],
    ['a Network Load Balancer of the cloud controller', on(balancer({}, { [`${b}aws-load-balancer-type`]: 'nlb' }, NAME), AWS), INTERNET],
    [
      'the AWS Load Balancer Controller, told to face the internet',
      balancer({ loadBalancerClass: 'service.k8s.aws/nlb' }, { [`${b}aws-load-balancer-scheme`]: 'internet-facing' }, NAME),
      INTERNET,
    ],
    [
      'the same by its older annotation',
      balancer({ loadBalancerClass: 'service.k8s.aws/nlb' }, { [`${b}aws-load-balancer-internal`]: 'false' }, NAME),
      INTERNET,
    ],
    ['internal: "false" of the cloud controller', on(balancer({}, { [`${b}aws-load-balancer-internal`]: 'false' }, NAME), AWS), INTERNET],
    ['internal of Azure that is not "true"', balancer({}, { [`${b}azure-load-balancer-internal`]: 'false' }), INTERNET],
    ['a public address though an annotation says internal', balancer({}, { [`${b}azure-load-balancer-internal`]: 'true' }), MAYBE],
    ['source ranges of everybody', balancer({ loadBalancerSourceRanges: ['0.0.0.0/0'] }), INTERNET],
    ['two source ranges that are everybody together', balancer({ loadBalancerSourceRanges: ['0.0.0.0/1', '128.0.0.0/1'] }), INTERNET],
    ['an office', balancer({ loadBalancerSourceRanges: ['198.51.100.0/24'] }), MAYBE],
    ['an office by annotation', balancer({}, { [`${b}load-balancer-source-ranges`]: '198.51.100.0/24, 10.0.0.0/8' }), MAYBE],
    [
      'the spec goes before the annotation',
      balancer({ loadBalancerSourceRanges: ['0.0.0.0/0'] }, { [`${b}load-balancer-source-ranges`]: '10.0.0.0/8' }),
      INTERNET,
    ],
    ['security groups that are not evaluated', balancer({}, { [`${b}aws-load-balancer-security-groups`]: 'sg-1' }), MAYBE],
  ])('finds, from the internet: %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'load-balancer')).toEqual(edges);
  });

  it.each<[string, ClusterFixture, string[]]>([
    ['a private address', balancer({}, {}, PRIVATE), NETWORK],
    ['the shared address space', balancer({}, {}, [{ ip: '100.64.1.1' }]), NETWORK],
    ['internal of AWS', balancer({}, { [`${b}aws-load-balancer-internal`]: 'true' }, NAME), NETWORK],
    ['internal of AWS by an old value', balancer({}, { [`${b}aws-load-balancer-internal`]: '0.0.0.0/0' }, NAME), NETWORK],
    ['the scheme of AWS', balancer({}, { [`${b}aws-load-balancer-scheme`]: 'internal' }, NAME), NETWORK],
    [
      'the AWS Load Balancer Controller, by its class alone',
      on(balancer({ loadBalancerClass: 'service.k8s.aws/nlb' }, {}, NAME), AWS),
      NETWORK,
    ],
    [
      'the AWS Load Balancer Controller, by its annotation alone',
      on(balancer({}, { [`${b}aws-load-balancer-type`]: 'external' }, NAME), AWS),
      NETWORK,
    ],
    ['EKS Auto Mode', on(balancer({ loadBalancerClass: 'eks.amazonaws.com/nlb' }, {}, NAME), AWS), NETWORK],
    [
      'a host name of AWS for an internal one',
      on(balancer({}, {}, [{ hostname: 'internal-a-1.eu-west-1.elb.amazonaws.com' }]), AWS),
      NETWORK,
    ],
    ['internal of Google', balancer({}, { 'networking.gke.io/load-balancer-type': 'Internal' }, []), NETWORK_MAYBE],
    ['internal of Google by its older annotation', balancer({}, { 'cloud.google.com/load-balancer-type': 'internal' }, PRIVATE), NETWORK],
    ['internal of Google by class', balancer({ loadBalancerClass: 'networking.gke.io/l4-regional-internal' }, {}, []), NETWORK_MAYBE],
    ['internal of Azure', balancer({}, { [`${b}azure-load-balancer-internal`]: 'true' }, PRIVATE), NETWORK],
    ['internal of OpenStack', balancer({}, { [`${b}openstack-internal-load-balancer`]: 'true' }, []), NETWORK_MAYBE],
    ['private source ranges', balancer({ loadBalancerSourceRanges: ['10.0.0.0/8', '192.168.0.0/16'] }), NETWORK],
    ['private source ranges by annotation', balancer({}, { [`${b}load-balancer-source-ranges`]: '10.0.0.0/8' }), NETWORK],
    ['a laptop', balancer({}, {}, [{ hostname: 'localhost' }]), NETWORK],
  ])('finds, from the network of the nodes alone: %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'load-balancer')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no service', withObjects()],
    ['ClusterIP', withObjects(service('a/web', { type: 'ClusterIP' }))],
    ['ClusterIP, as nothing is written', withObjects(service('a/web'))],
    ['ClusterIP with an address left over in its status', withObjects(service('a/web', { type: 'ClusterIP' }, {}, PUBLIC))],
    ['NodePort', withObjects(service('a/web', { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }))],
    ['ExternalName', withObjects(service('a/web', { type: 'ExternalName', externalName: 'example.com' }))],
    ['externalIPs', withObjects(service('a/web', { externalIPs: ['203.0.113.7'] }))],
    [
      'another kind of the same name',
      withObjects({ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { namespace: 'a', name: 'web' }, spec: LB }),
    ],
    ['an annotation of a load balancer alone', withObjects(service('a/web', {}, { [`${b}aws-load-balancer-scheme`]: 'internet-facing' }))],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'load-balancer')).toEqual([]);
  });

  it.each<[string, ClusterFixture, string]>([
    ['the address', balancer(), 'Service a/web /status/loadBalancer/ingress'],
    ['the type', balancer({}, {}, []), 'Service a/web /spec/type'],
    [
      'the annotation',
      balancer({}, { [`${b}azure-load-balancer-internal`]: 'true' }, []),
      'Service a/web /metadata/annotations/service.beta.kubernetes.io~1azure-load-balancer-internal',
    ],
    ['the class', balancer({ loadBalancerClass: 'service.k8s.aws/nlb' }, {}, []), 'Service a/web /spec/loadBalancerClass'],
    [
      'the ranges that keep the internet out',
      balancer({ loadBalancerSourceRanges: ['10.0.0.0/8'] }),
      'Service a/web /spec/loadBalancerSourceRanges',
    ],
  ])('points at %s', (_name, world, evidence) => {
    expect(evidenceOf(world.inventory(), 'load-balancer')).toEqual([evidence]);
  });

  it('is closed by an internal load balancer where the cloud is known, by type ClusterIP, and by deleting the service', () => {
    expect(changesOfEdges(on(balancer(), AWS).inventory(), 'load-balancer')).toEqual([
      'internet:internet → service:a/web: internal Service/a/web, type ClusterIP of Service/a/web, delete Service/a/web',
    ]);
    expect(changesOfEdges(balancer({}, {}, PRIVATE).inventory(), 'load-balancer')).toEqual([
      'node-network:nodes → service:a/web: type ClusterIP of Service/a/web, delete Service/a/web',
    ]);
    const graph = buildGraph(on(balancer(), AWS).inventory());
    const edge = [...Array(graph.edges.count).keys()].find((one) => graph.changes(one).includes('internal Service/a/web')) as number;
    expect(graph.fix(edge, 'internal Service/a/web').command).toBe(
      'kubectl annotate service web service.beta.kubernetes.io/aws-load-balancer-scheme=internal --overwrite -n a',
    );
    expect(graph.fix(edge, 'delete Service/a/web').command).toBe('kubectl delete service web -n a');
  });

  it('says what it hangs on', () => {
    const hangsOn = (world: ClusterFixture): (string | undefined)[] => {
      const graph = buildGraph(world.inventory());
      return [...Array(graph.edges.count).keys()].map((edge) => graph.explain(edge).hangsOn).filter((one) => one !== undefined);
    };
    const only = (spec: Json, addresses: readonly Json[]) =>
      cluster()
        .namespace('a')
        .add(service('a/web', { ...LB, ...spec }, {}, addresses));
    expect(hangsOn(only({}, []))).toEqual(['the load balancer of service a/web being there: no address is given to it']);
    expect(hangsOn(only({ loadBalancerSourceRanges: ['198.51.100.0/24'] }, PUBLIC))).toEqual(['coming from 198.51.100.0/24']);
  });
});
