import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const ISSUER = 'https://issuer.example.com';
const base = (automount?: boolean) =>
  cluster()
    .about({ version: 'v1.36.2', issuer: ISSUER })
    .serviceAccount('a/bot', automount === undefined ? {} : { automountServiceAccountToken: automount })
    .serviceAccount('b/bot');
const pod = (options: PodOptions, automount?: boolean) => base(automount).pod('a/web', { serviceAccount: 'bot', ...options });
/** A projected token as a pod writes it itself, and the mount of it. */
const volume = (audience?: string) => ({
  name: 'own',
  projected: {
    sources: [{ configMap: { name: 'ca' } }, { serviceAccountToken: { path: 'token', ...(audience === undefined ? {} : { audience }) } }],
  },
});
const mount = { name: 'own', mountPath: '/own' };
const own = (audience?: string) => pod({ token: false, volumes: [volume(audience)], mounts: [mount] });
const manifest = (spec: object, automount?: boolean) => pod({ token: false, metadata: { uid: undefined }, spec: { ...spec } }, automount);
const beside = (list: string, container: object) =>
  pod({ token: false, volumes: [volume()], spec: { [list]: [{ name: 'side', image: 'x', volumeMounts: [mount], ...container }] } });
const HOLDS = ['pod:a/web → sa:a/bot'];

describe('holds-token', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the token volume of admission', pod({}), HOLDS],
    ['a token of its own without audience', own(), HOLDS],
    ['an empty audience', own(''), HOLDS],
    ['the issuer as audience', own(ISSUER), HOLDS],
    ["the API server's name in the cluster as audience", own('https://kubernetes.default.svc'), HOLDS],
    ['a volume in spite of the flags: volumes are the truth', pod({ spec: { automountServiceAccountToken: false } }, false), HOLDS],
    ['a sidecar that mounts it', beside('initContainers', { restartPolicy: 'Always' }), HOLDS],
    ['an ephemeral container that mounts it', beside('ephemeralContainers', {}), HOLDS],
    ['a manifest without a word', manifest({}), HOLDS],
    ['a manifest that says yes where its account says no', manifest({ automountServiceAccountToken: true }, false), HOLDS],
    [
      'a manifest that says no and mounts a token itself',
      pod({
        token: false,
        metadata: { uid: undefined },
        volumes: [volume()],
        mounts: [mount],
        spec: { automountServiceAccountToken: false },
      }),
      HOLDS,
    ],
    [
      'an account that is gone, whose tokens are void',
      base().pod('a/web', { serviceAccount: 'ghost' }),
      ['pod:a/web → sa:a/ghost (conditional)'],
    ],
    ['the default account, which is in every namespace', pod({ serviceAccount: 'default' }), ['pod:a/web → sa:a/default']],
    ['an account where none could be read', cluster().pod('a/web', { serviceAccount: 'bot' }), HOLDS],
    ['two containers and two tokens as one edge', pod({ volumes: [volume()], mounts: [mount] }), HOLDS],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'holds-token')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no token volume, whatever the flags say', pod({ token: false, spec: { automountServiceAccountToken: true } }, true)],
    ['a token for AWS', own('sts.amazonaws.com')],
    ['a token for somebody whose name begins like the issuer', own(`${ISSUER}.evil.example`)],
    ['a volume that nobody mounts', pod({ token: false, volumes: [volume()] })],
    ['a mount of a volume with another name', pod({ token: false, volumes: [volume()], mounts: [{ name: 'owner', mountPath: '/own' }] })],
    ['an init container that has ended', beside('initContainers', {})],
    [
      'a projected volume without a token',
      pod({ token: false, volumes: [{ name: 'own', projected: { sources: [{ secret: { name: 's' } }] } }], mounts: [mount] }),
    ],
    ['a pod that ended well', pod({ phase: 'Succeeded' })],
    ['a pod that failed', pod({ phase: 'Failed' })],
    ['a manifest that says no', manifest({ automountServiceAccountToken: false }, true)],
    ['a manifest whose account says no', manifest({}, false)],
    ['a template', base().workload('Deployment', 'a/web', { serviceAccount: 'bot' })],
    [
      'a token Secret in a volume: that way leads through the secret',
      pod({ token: false, volumes: [{ name: 'own', secret: { secretName: 't' } }], mounts: [mount] }),
    ],
    [
      'a path in the container where tokens usually lie',
      pod({
        token: false,
        volumes: [{ name: 'own', emptyDir: {} }],
        mounts: [{ name: 'own', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
      }),
    ],
    [
      'the issuer as audience where nobody knows the issuer',
      cluster()
        .serviceAccount('a/bot')
        .pod('a/web', { serviceAccount: 'bot', token: false, volumes: [volume(ISSUER)], mounts: [mount] }),
    ],
    ['a token for a vault', own('vault')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'holds-token')).toEqual([]);
  });

  it('points at the source of the projected volume', () => {
    expect(evidenceOf(own().inventory(), 'holds-token')).toEqual(['Pod a/web /spec/volumes/0/projected/sources/1/serviceAccountToken']);
  });

  it('points at the flag that decided for a manifest', () => {
    expect(evidenceOf(manifest({ automountServiceAccountToken: true }).inventory(), 'holds-token')).toEqual([
      'Pod a/web /spec/automountServiceAccountToken',
    ]);
  });
});
