import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cluster } from '../../inventory/testing/cluster.ts';
import { baseOf } from '../testing/finding-rows.ts';
import { containersFix, templateFix } from './template-fix.ts';
import { FindingWorld } from './world.ts';

const owner = (kind: string, name: string) => ({
  metadata: { ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: 'u', controller: true }] },
});
const workloadOf = (world: ReturnType<typeof cluster>) => {
  const [workload] = new FindingWorld(baseOf(world.inventory())).workloads;
  if (workload === undefined) throw new Error('the world has no workload');
  return workload;
};

describe('templateFix', () => {
  test('patches the template of a controller', () => {
    const fix = templateFix(workloadOf(cluster().workload('StatefulSet', 'a/db').pod('a/db-0', owner('StatefulSet', 'db'))), 'stop it', {
      hostPID: false,
    });
    expect(fix.patch?.target).toEqual({ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'a', name: 'db' });
    expect(parse(fix.patch?.yaml ?? '')).toEqual({ spec: { template: { spec: { hostPID: false } } } });
    expect(fix.command).toBe(`kubectl patch statefulset db --type=strategic -p '{"spec":{"template":{"spec":{"hostPID":false}}}}' -n a`);
  });

  test('has no command for a pod, which is made anew', () => {
    const fix = templateFix(workloadOf(cluster().pod('a/one')), 'stop it', { hostPID: false });
    expect(fix.command).toBeUndefined();
    expect(parse(fix.patch?.yaml ?? '')).toEqual({ spec: { hostPID: false } });
  });

  test('has no patch for an owner that was not read', () => {
    const fix = templateFix(workloadOf(cluster().pod('a/one', owner('Rollout', 'web'))), 'stop it', { hostPID: false });
    expect(fix).toEqual({ says: expect.stringContaining('the object that makes the pods') });
  });

  test('quotes names for the shell and for YAML', () => {
    const name = `x'; touch pwned #`;
    const fix = templateFix(workloadOf(cluster().workload('Deployment', `a/${name}`).pod('a/p', owner('Deployment', name))), 'stop it', {});
    expect(fix.command).toContain(`'x'\\''; touch pwned #'`);
  });
});

describe('containersFix', () => {
  test('names containers by list, and leaves ephemeral ones out', () => {
    const workload = workloadOf(
      cluster().pod('a/one', {
        spec: { initContainers: [{ name: 'i', image: 'i' }], ephemeralContainers: [{ name: 'e', image: 'e' }] },
      }),
    );
    const containers = new Map(workload.pods[0].spec.containers.map((container) => [container, { tty: false }]));
    const fix = containersFix(workload, 'stop it', { containers, pod: { hostIPC: false } });
    expect(parse(fix.patch?.yaml ?? '')).toEqual({
      spec: { hostIPC: false, initContainers: [{ name: 'i', tty: false }], containers: [{ name: 'main', tty: false }] },
    });
  });
});
