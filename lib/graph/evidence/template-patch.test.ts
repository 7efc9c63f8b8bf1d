import { describe, expect, it, test } from 'vitest';
import { cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { patchCommand, type TemplateField } from './template-patch.ts';

const workload = (options: PodOptions, kind = 'Deployment') => {
  const [found] = cluster().workload(kind, 'a/web', options).inventory().kubernetes.workloads;
  if (found === undefined) throw new Error('the fixture made no workload');
  return found;
};
const AT = '/spec/containers/0/securityContext';
const patchOf = (command: string | undefined): unknown =>
  command === undefined ? undefined : JSON.parse(/-p '(.*)' -n a$/.exec(command)?.[1] ?? 'null');

describe('patchCommand', () => {
  it.each<[string, PodOptions, TemplateField, string[], unknown]>([
    [
      'a flag of a container',
      {},
      'privileged',
      [`${AT}/privileged`],
      [{ op: 'replace', path: `/spec/template${AT}/privileged`, value: false }],
    ],
    ['a flag of the pod', {}, 'hostPID', ['/spec/hostPID'], [{ op: 'replace', path: '/spec/template/spec/hostPID', value: false }]],
    [
      'once, where two ways rest on it',
      {},
      'hostPID',
      ['/spec/hostPID', '/spec/hostPID'],
      [{ op: 'replace', path: '/spec/template/spec/hostPID', value: false }],
    ],
    [
      'capabilities: those that only concern the container stay',
      { container: { securityContext: { capabilities: { add: ['CAP_NET_BIND_SERVICE', 'SYS_ADMIN', 'chown', 'ALL'] } } } },
      'capabilities',
      [`${AT}/capabilities/add`],
      [{ op: 'replace', path: `/spec/template${AT}/capabilities/add`, value: ['CAP_NET_BIND_SERVICE', 'chown'] }],
    ],
    [
      'volumes: the last first, each with its mounts, the last of these first',
      {
        volumes: [
          { name: 'a', hostPath: { path: '/' } },
          { name: 'b', emptyDir: {} },
          { name: 'c', hostPath: { path: '/etc' } },
        ],
        mounts: [
          { name: 'a', mountPath: '/a' },
          { name: 'c', mountPath: '/c' },
          { name: 'a', mountPath: '/a2' },
        ],
      },
      'hostPath',
      ['/spec/volumes/0/hostPath', '/spec/volumes/2/hostPath'],
      [
        { op: 'test', path: '/spec/template/spec/volumes/2/name', value: 'c' },
        { op: 'test', path: '/spec/template/spec/volumes/0/name', value: 'a' },
        { op: 'remove', path: '/spec/template/spec/containers/0/volumeMounts/2' },
        { op: 'remove', path: '/spec/template/spec/containers/0/volumeMounts/1' },
        { op: 'remove', path: '/spec/template/spec/containers/0/volumeMounts/0' },
        { op: 'remove', path: '/spec/template/spec/volumes/2' },
        { op: 'remove', path: '/spec/template/spec/volumes/0' },
      ],
    ],
    ['nothing to change', {}, 'privileged', [], undefined],
    ['a volume that the template does not have', {}, 'hostPath', ['/spec/volumes/7/hostPath'], undefined],
  ])('%s', (_name, options, field, pointers, expected) => {
    expect(patchOf(patchCommand(workload(options), field, pointers))).toEqual(expected);
  });

  test('a CronJob keeps its template deeper; one of a Job cannot be changed', () => {
    expect(patchCommand(workload({}, 'CronJob'), 'hostPID', ['/spec/hostPID'])).toContain('/spec/jobTemplate/spec/template/spec/hostPID');
    expect(patchCommand(workload({}, 'Job'), 'hostPID', ['/spec/hostPID'])).toBeUndefined();
  });

  test('names are quoted for the shell', () => {
    const named = { ...workload({}), name: "x'; rm -rf /" };
    expect(patchCommand(named, 'hostPID', ['/spec/hostPID'])).toContain("deployment 'x'\\''; rm -rf /'");
  });
});
