import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Pod } from '../../inventory/kubernetes.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import { POD_SECURITY_CONTROLS } from './controls/index.ts';
import { evaluatePodSecurity } from './evaluate.ts';
import { podSecurityPolicyOf } from './level.ts';
import { violationsOf } from './testing/breaches.ts';

const HARDENED = {
  spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } },
  container: { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
};

describe('the levels', () => {
  test('a hardened pod is let in by every version of every level', () => {
    const found = Array.from({ length: 38 }, (_, minor) => [...violationsOf(`restricted:v1.${minor}`, HARDENED).keys()]);
    expect(found.flat()).toEqual([]);
  });

  test('an ordinary pod is let in by baseline and not by restricted', () => {
    expect([...violationsOf('baseline', {}).keys()]).toEqual([]);
    expect([...violationsOf('restricted', {}).keys()]).toEqual([
      'allowPrivilegeEscalation',
      'runAsNonRoot',
      'seccompProfile_restricted',
      'capabilities_restricted',
    ]);
  });

  test('restricted asks everything of baseline', () => {
    expect([...violationsOf('restricted', { ...HARDENED, spec: { ...HARDENED.spec, hostNetwork: true } }).keys()]).toEqual([
      'hostNamespaces',
    ]);
  });

  test('a version newer than the server is the one of the server', () => {
    const probe = { container: { livenessProbe: { httpGet: { host: 'h', port: 1 } } } };
    expect(violationsOf('baseline:v1.40:33', probe).size).toBe(0);
    expect(violationsOf('baseline:v1.40:34', probe).size).toBe(1);
  });

  test('a violation says each thing once and points at each place once', () => {
    const [pod] = cluster()
      .pod('a/web', { spec: { hostPID: true, hostIPC: true } })
      .inventory().kubernetes.pods;
    expect(evaluatePodSecurity({ level: 'baseline', spec: (pod as NonNullable<typeof pod>).spec })).toEqual([
      {
        control: 'hostNamespaces',
        title: 'Host namespaces',
        pointers: ['/spec/hostPID', '/spec/hostIPC'],
        says: 'the pod sets hostPID; the pod sets hostIPC',
      },
    ]);
  });
});

describe('the registry', () => {
  test('has each control once, its revisions ascending', () => {
    expect(new Set(POD_SECURITY_CONTROLS.map(({ id }) => id)).size).toBe(POD_SECURITY_CONTROLS.length);
    for (const { revisions } of POD_SECURITY_CONTROLS) {
      const since = revisions.map((one) => one.since);
      expect(since).toEqual([...new Set(since)].sort((a, b) => a - b));
    }
  });

  test('only a restricted control stands in for one, and that one is of baseline', () => {
    for (const { level, overrides } of POD_SECURITY_CONTROLS) {
      if (overrides === undefined) continue;
      expect([level, POD_SECURITY_CONTROLS.find(({ id }) => id === overrides)?.level]).toEqual(['restricted', 'baseline']);
    }
  });
});

describe('a pod under the labels of its namespace', () => {
  const [pod] = cluster()
    .pod('a/web', { spec: { hostPID: true } })
    .inventory().kubernetes.pods as [Pod];
  const namespace = (labels: Record<string, string>) => ({ labels: new Map(Object.entries(labels)) });
  const P = 'pod-security.kubernetes.io/';

  test.each([
    ['enforced', namespace({ [`${P}enforce`]: 'baseline' }), undefined, ['hostNamespaces']],
    ['only warned of', namespace({ [`${P}warn`]: 'baseline' }), undefined, []],
    ['asked for the mode that warns', namespace({ [`${P}warn`]: 'baseline' }), 'warn' as const, ['hostNamespaces']],
    ['no label', namespace({}), undefined, []],
  ])('%s', (_name, { labels }, mode, controls) =>
    expect(
      evaluatePodSecurity({ ...podSecurityPolicyOf(labels, mode), spec: pod.spec, annotations: pod.annotations }).map(
        ({ control }) => control,
      ),
    ).toEqual(controls),
  );
});

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../shared/corpus');
const PODS = join(CORPUS, 'prod-eu/kubernetes/pods.json');

/** Pods that a real API server let in under a label still keep what they were judged by, and point at what is there. */
describe.skipIf(!existsSync(PODS))('pods of a real cluster', () => {
  test('those of namespaces that enforce a level keep it', () => {
    const read = (list: string): Record<string, unknown>[] =>
      (JSON.parse(readFileSync(join(CORPUS, `prod-eu/kubernetes/${list}.json`), 'utf8')) as { items: Record<string, unknown>[] }).items;
    const fixture = cluster();
    for (const [list, kind, apiVersion] of [
      ['namespaces', 'Namespace', 'v1'],
      ['pods', 'Pod', 'v1'],
    ] as const)
      for (const item of read(list)) fixture.add({ kind, apiVersion, ...item });
    const { namespaces, pods } = fixture.inventory().kubernetes;
    const byName = new Map(namespaces.map((namespace) => [namespace.name, namespace]));
    const enforced = pods.flatMap((one) => {
      const policy = podSecurityPolicyOf(byName.get(one.namespace)?.labels ?? new Map());
      const violations = evaluatePodSecurity({ ...policy, spec: one.spec, annotations: one.annotations, serverMinor: 36 });
      return policy.level === 'privileged' ? [] : [{ name: `${one.namespace}/${one.name}`, violations }];
    });
    expect(enforced.length).toBeGreaterThan(3);
    expect(enforced.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });
});
