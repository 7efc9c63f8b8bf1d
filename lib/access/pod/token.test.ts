import { describe, expect, it } from 'vitest';
import type { Pod, ServiceAccount } from '../../inventory/kubernetes.ts';
import { cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { opensApiServer, projectedTokens, wasAdmitted, wouldAutomount } from './token.ts';

function podOf(options: PodOptions): Pod {
  const [pod] = cluster()
    .pod('a/web', { token: false, ...options })
    .inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('the fixture made no pod');
  return pod;
}
function accountOf(more: Record<string, unknown>): ServiceAccount | undefined {
  return cluster().serviceAccount('a/bot', more).inventory().kubernetes.serviceAccounts[0];
}

const source = (audience?: string) => ({ serviceAccountToken: { path: 'token', ...(audience === undefined ? {} : { audience }) } });
const volume = (name: string, ...sources: object[]) => ({ name, projected: { sources } });
const mount = (name: string, mountPath = `/${name}`) => ({ name, mountPath });

describe('projectedTokens', () => {
  it.each<[string, PodOptions, string[]]>([
    ['a mounted token', { volumes: [volume('t', source())], mounts: [mount('t')] }, ['- 0/0 main:/t']],
    [
      'its place among volumes and sources',
      { volumes: [{ name: 'x', emptyDir: {} }, volume('t', { configMap: { name: 'ca' } }, source('vault'))], mounts: [mount('t')] },
      ['vault 1/1 main:/t'],
    ],
    [
      'two tokens of one volume',
      { volumes: [volume('t', source('a'), source('b'))], mounts: [mount('t')] },
      ['a 0/0 main:/t', 'b 0/1 main:/t'],
    ],
    ['every place', { volumes: [volume('t', source())], mounts: [mount('t', '/x'), mount('t', '/y')] }, ['- 0/0 main:/x,main:/y']],
    [
      'a sidecar',
      {
        volumes: [volume('t', source())],
        spec: { initContainers: [{ name: 'side', image: 'x', restartPolicy: 'Always', volumeMounts: [mount('t')] }] },
      },
      ['- 0/0 side:/t'],
    ],
    ['no volume', {}, []],
    ['a volume that nobody mounts', { volumes: [volume('t', source())] }, []],
    ['a mount of another volume', { volumes: [volume('t', source()), { name: 'u', emptyDir: {} }], mounts: [mount('u')] }, []],
    ['a projected volume without a token', { volumes: [volume('t', { configMap: { name: 'ca' } })], mounts: [mount('t')] }, []],
    ['a secret', { volumes: [{ name: 't', secret: { secretName: 's' } }], mounts: [mount('t')] }, []],
    [
      'an init container that has ended',
      { volumes: [volume('t', source())], spec: { initContainers: [{ name: 'i', image: 'x', volumeMounts: [mount('t')] }] } },
      [],
    ],
  ])('%s', (_name, options, expected) => {
    const found = projectedTokens(podOf(options).spec).map(({ volume: { index }, token, pointer, mountedAt }) => {
      expect(pointer).toBe(`/spec/volumes/${index}/projected/sources/${token.source}/serviceAccountToken`);
      return `${token.audience ?? '-'} ${index}/${token.source} ${mountedAt.join(',')}`;
    });
    expect(found).toEqual(expected);
  });
});

describe('opensApiServer', () => {
  const ISSUER = 'https://issuer.example.com';
  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['no audience', undefined, ISSUER, true],
    ['an empty one', '', ISSUER, true],
    ['the issuer', ISSUER, ISSUER, true],
    ["the API server's name", 'https://kubernetes.default.svc', ISSUER, true],
    ["the API server's long name", 'https://kubernetes.default.svc.cluster.local', undefined, true],
    ['AWS', 'sts.amazonaws.com', ISSUER, false],
    ['another issuer', ISSUER, 'https://other.example.com', false],
    ['an issuer that nobody knows', ISSUER, undefined, false],
    ['the issuer and more', `${ISSUER}/`, ISSUER, false],
    ['other letters', ISSUER.toUpperCase(), ISSUER, false],
    ['the name without its scheme', 'kubernetes.default.svc', ISSUER, false],
  ])('%s', (_name, audience, issuer, expected) => {
    expect(opensApiServer(audience, issuer)).toBe(expected);
  });
});

describe('wasAdmitted', () => {
  it('looks at the uid, which only the API server gives', () => {
    expect([wasAdmitted(podOf({})), wasAdmitted(podOf({ metadata: { uid: undefined } }))]).toEqual([true, false]);
  });
});

describe('wouldAutomount', () => {
  it.each<[boolean | undefined, boolean | undefined, boolean]>([
    [undefined, undefined, true],
    [undefined, true, true],
    [undefined, false, false],
    [true, undefined, true],
    [true, false, true],
    [false, undefined, false],
    [false, true, false],
  ])('pod %s, account %s: %s', (pod, account, expected) => {
    const { spec } = podOf({ spec: { automountServiceAccountToken: pod } });
    expect(wouldAutomount(spec, accountOf({ automountServiceAccountToken: account }))).toBe(expected);
  });

  it('takes true for an account that is not known', () => {
    expect(wouldAutomount(podOf({}).spec, undefined)).toBe(true);
  });
});
