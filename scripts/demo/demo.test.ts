import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { differences, rewrite } from './folder.ts';
import type { JsonObject, KubernetesObject } from './json.ts';
import { kubernetesObjects } from './objects.ts';
import { demoFiles } from './snapshot.ts';

const DEMO = fileURLToPath(new URL('../../demo', import.meta.url));
const files = demoFiles();
const objects = kubernetesObjects();

function ofKind(...kinds: readonly string[]): readonly KubernetesObject[] {
  return objects.filter((object) => kinds.includes(object.kind));
}

function place(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

describe('the bundled folder', () => {
  test('is what the generator makes, byte for byte', () => {
    expect(differences(DEMO, files)).toEqual([]);
  });

  test('does not hang on what was generated before', () => {
    expect([...demoFiles()]).toEqual([...files]);
  });

  test('stays below 1.7 MB', () => {
    const paths = readdirSync(DEMO, { recursive: true, encoding: 'utf8' }).map((path) => statSync(join(DEMO, path)));
    const bytes = paths.filter((stat) => stat.isFile()).reduce((sum, stat) => sum + stat.size, 0);
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThan(1_700_000);
  });
});

describe('--check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podreach-demo-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['a changed file', (at: string) => writeFileSync(join(at, 'kubernetes/pods.json'), '{}\n'), ['differs: `kubernetes/pods.json`']],
    ['a missing file', (at: string) => rmSync(join(at, 'chains.json')), ['missing: `chains.json`']],
    ['a file too many', (at: string) => writeFileSync(join(at, 'aws/old.json'), '{}\n'), ['not generated: `aws/old.json`']],
    ['nothing', () => undefined, []],
    ['a README', (at: string) => writeFileSync(join(at, 'README.md'), 'by hand\n'), []],
  ])('notices %s', (_name, spoil, expected) => {
    rewrite(folder, files);
    spoil(folder);
    expect(differences(folder, files)).toEqual(expected);
    rewrite(folder, files);
    expect(differences(folder, files)).toEqual([]);
  });
});

describe('the cluster', () => {
  test('is as large as a small company’s', () => {
    expect(ofKind('Pod').length).toBeGreaterThanOrEqual(100);
    expect(ofKind('Deployment', 'StatefulSet', 'DaemonSet', 'CronJob').length).toBeGreaterThanOrEqual(45);
    expect(ofKind('Node')).toHaveLength(6);
  });

  test('has no object twice, and no uid twice', () => {
    expect(new Set(objects.map((object) => `${object.kind} ${place(object)}`)).size).toBe(objects.length);
    expect(new Set(objects.map((object) => object.metadata.uid)).size).toBe(objects.length);
  });

  test('has only namespaces that exist', () => {
    const namespaces = new Set(ofKind('Namespace').map((object) => object.metadata.name));
    const used = objects.flatMap((object) => object.metadata.namespace ?? []);
    expect(used.filter((namespace) => !namespaces.has(namespace))).toEqual([]);
    const withDefault = ofKind('ServiceAccount').filter((account) => account.metadata.name === 'default');
    expect(new Set(withDefault.map((account) => account.metadata.namespace))).toEqual(namespaces);
  });

  test('has every owner that an owner reference names', () => {
    const uids = new Map(objects.map((object) => [object.metadata.uid, object]));
    const references = objects.flatMap((object) => (object.metadata.ownerReferences ?? []) as readonly JsonObject[]);
    expect(references.length).toBeGreaterThan(150);
    for (const reference of references)
      expect(uids.get(String(reference.uid))).toMatchObject({ kind: reference.kind, metadata: { name: reference.name } });
  });

  test('has every Secret that a pod refers to', () => {
    const present = new Set(ofKind('Secret').map(place));
    const text = ofKind('Pod').flatMap((pod) => secretNames(pod.spec).map((name) => `${pod.metadata.namespace}/${name}`));
    expect(text.length).toBeGreaterThan(20);
    expect(text.filter((name) => !present.has(name))).toEqual([]);
  });

  test('keeps the restricted Pod Security standard where a namespace enforces it', () => {
    const restricted = ofKind('Namespace').filter(
      (namespace) => (namespace.metadata.labels as JsonObject)['pod-security.kubernetes.io/enforce'] === 'restricted',
    );
    const names = new Set(restricted.map((namespace) => namespace.metadata.name));
    const pods = ofKind('Pod').filter((pod) => names.has(pod.metadata.namespace ?? ''));
    expect(pods.length).toBeGreaterThan(40);
    for (const pod of pods) {
      expect(JSON.stringify(pod.spec)).not.toMatch(/"hostPath"|"privileged"|"hostNetwork"|"hostPID"/);
      expect(pod.spec).toMatchObject({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
      for (const container of (pod.spec as { readonly containers: readonly JsonObject[] }).containers) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
        });
      }
    }
  });

  test('has no managedFields anywhere', () => {
    expect([...files].filter(([, text]) => text.includes('managedFields'))).toEqual([]);
  });
});

/** Names under `secretName`, `secretRef`, `secretKeyRef` and in pull secrets, at any depth. */
function secretNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(secretNames);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (key === 'secretName') return [String(child)];
    if (key === 'secretRef' || key === 'secretKeyRef') return [String(child.name)];
    if (key === 'imagePullSecrets') return (child ?? []).map((one: { readonly name: string }) => one.name);
    return secretNames(child);
  });
}

describe('canaries', () => {
  test('are every value of every Secret', () => {
    const values = ofKind('Secret').flatMap((secret) => Object.values(secret.data as JsonObject));
    expect(values.length).toBeGreaterThan(30);
    expect(values.map((value) => Buffer.from(String(value), 'base64').toString()).filter((value) => !value.startsWith('CANARY-'))).toEqual(
      [],
    );
  });

  test('stand in environments too', () => {
    expect(files.get('kubernetes/pods.json')?.match(/"CANARY-ENV-[a-z-]+"/g)?.length).toBeGreaterThan(3);
  });
});

describe('chains.json', () => {
  const chains = JSON.parse(readFileSync(join(DEMO, 'chains.json'), 'utf8')) as readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly expect: string;
  }[];

  test('holds at least as many dead ends as ways, and no pair twice', () => {
    const none = chains.filter((chain) => chain.expect === 'none').length;
    expect(none).toBeGreaterThanOrEqual(chains.length - none);
    expect(new Set(chains.map((chain) => `${chain.from} ${chain.to}`)).size).toBe(chains.length);
  });

  test('names pods, accounts, secrets and nodes that exist', () => {
    const ids = new Set([
      ...ofKind('Pod').map((pod) => `pod:${place(pod)}`),
      ...ofKind('ServiceAccount').map((account) => `sa:${place(account)}`),
      ...ofKind('Secret').map((secret) => `secret:${place(secret)}`),
      ...ofKind('Node').map((node) => `node:${node.metadata.name}`),
    ]);
    const named = chains.flatMap((chain) => [chain.from, chain.to]).filter((id) => /^(?:pod|sa|secret|node):/.test(id));
    expect(named.length).toBeGreaterThan(chains.length);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });
});
