import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PatchOperation } from '../inventory/changes/change.ts';
import { jsonPatch } from '../inventory/changes/json-patch.ts';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../inventory/testing/cluster.ts';
import { findFindings } from './find-findings.ts';
import type { FindingRow } from './findings/finding.ts';
import type { FindingId } from './findings/index.ts';
import { baseOf, found } from './testing/finding-rows.ts';
import { patchedWorld } from './testing/patched-world.ts';

type Json = Record<string, unknown>;

/** What a shell makes of command lines: the words of every call of kubectl, which takes nothing but its words. */
function callsOf(...lines: readonly string[]): string[][] {
  const script = `kubectl() { printf '%s\\0' "$@"; printf '\\1\\0'; }\naws() { :; }\ngcloud() { :; }\naz() { :; }\n${lines.join('\n')}\n`;
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-eu', '-c', script], { encoding: 'utf8', maxBuffer: 1 << 26 });
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .split('\u0001\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

interface Target {
  readonly verb: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly patch: unknown;
}

/** The object of `kubectl patch` or `kubectl delete`; throws where a word would be taken for an option that is none of ours. */
function targetOf([verb = '', ...words]: readonly string[]): Target {
  const rest = [...words];
  const take = (option: string): string | undefined => {
    const at = rest.indexOf(option);
    return at === -1 ? undefined : rest.splice(at, 2)[1];
  };
  const [patch, namespace] = [take('-p'), take('-n')];
  const plain = rest.filter((word) => !/^--type=(?:json|strategic)$/.test(word));
  const options = plain.filter((word) => word.startsWith('-'));
  if (options.length > 0) throw new Error(`kubectl takes ${JSON.stringify(options)} for options`);
  const [kind = '', name = ''] = plain.length === 1 ? (plain[0] as string).split('/') : plain;
  return { verb, kind, namespace, name, patch: patch === undefined ? undefined : JSON.parse(patch) };
}

const fail = (why: string): never => {
  throw new Error(why);
};

/** The world after a command, object by object. */
function worldAfter(world: ClusterFixture, command: string): ClusterFixture {
  let objects = world.objects;
  for (const call of callsOf(command)) {
    const { verb, kind, namespace, name, patch } = targetOf(call);
    const isIt = (one: Json): boolean => {
      const metadata = one.metadata as Json;
      return String(one.kind).toLowerCase() === kind && metadata.name === name && metadata.namespace === namespace;
    };
    expect(objects.filter(isIt)).toHaveLength(1);
    objects = objects.flatMap((one) => {
      if (!isIt(one)) return [one];
      if (verb === 'delete') return [];
      return [Array.isArray(patch) ? (jsonPatch(one, patch as PatchOperation[], fail) as Json) : { ...one, ...(patch as Json) }];
    });
  }
  const changed = cluster();
  for (const object of objects) changed.add(object);
  return changed;
}

const STOCK = () =>
  cluster()
    .serviceAccount('other/default')
    .pod('other/pod')
    .role('other/r', rule('get', '', 'configmaps'))
    .roleBinding('other/b', 'Role/r', user('other'))
    .clusterRole('other', rule('get', '', 'configmaps'))
    .clusterRoleBinding('other', 'ClusterRole/other', user('other'))
    .serviceAccount('a/bot')
    .serviceAccount('z/bot');

const SECRETS = rule('get', '', 'secrets');

describe('the command of a row ends it, and so do its patches', () => {
  test.each<[string, FindingId, ClusterFixture]>([
    [
      'one binding',
      'secrets-readable-cluster-wide',
      STOCK().clusterRole('r', SECRETS).clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'two bindings that give the same',
      'secrets-readable-cluster-wide',
      STOCK()
        .clusterRole('r', SECRETS)
        .clusterRole('s', SECRETS)
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'))
        .clusterRoleBinding('c', 'ClusterRole/s', sa('z/bot'), sa('a/bot')),
    ],
    [
      'one binding that names somebody twice',
      'secrets-readable-cluster-wide',
      STOCK().clusterRole('r', SECRETS).clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'), user('system:serviceaccount:a:bot')),
    ],
    [
      'rights of several kinds from several bindings',
      'risky-verbs',
      STOCK()
        .clusterRole('r', rule('escalate', 'rbac.authorization.k8s.io', 'clusterroles'))
        .clusterRole('s', rule('bind', 'rbac.authorization.k8s.io', 'clusterroles'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'))
        .clusterRoleBinding('c', 'ClusterRole/s', sa('a/bot')),
    ],
    [
      'cluster admin twice',
      'cluster-admin-workload',
      STOCK()
        .clusterRole('r', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'))
        .clusterRoleBinding('c', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'two rules of one role',
      'wildcard-role',
      STOCK()
        .clusterRole('r', rule('*', '*', '*'), SECRETS, rule('get', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
    ],
    [
      'everybody',
      'bound-to-everyone',
      STOCK().clusterRole('r', SECRETS).clusterRoleBinding('b', 'ClusterRole/r', group('system:authenticated')),
    ],
    [
      'rights of `default`',
      'default-account-used',
      STOCK()
        .serviceAccount('a/default')
        .pod('a/one', { token: false })
        .role('a/r', SECRETS)
        .roleBinding('a/b', 'Role/r', sa('a/default'))
        .roleBinding('a/c', 'Role/r', sa('a/default')),
    ],
  ])('%s', (_, id, world) => {
    const rows = (found(world.inventory(), id)?.rows ?? []).filter(
      ({ subject }) => subject.namespace === 'a' || subject.kind === 'ClusterRole' || subject.kind === 'ClusterRoleBinding',
    );
    expect(rows).toHaveLength(1);
    const identity = rows[0]?.identity;
    const left = found(worldAfter(world, rows[0]?.fix.command as string).inventory(), id)?.rows.map((row) => row.identity) ?? [];
    expect(left).not.toContain(identity);
    const patched = patchedWorld(world.inventory(), rows[0]?.fix.patches ?? []) ?? world.inventory();
    expect(found(patched, id)?.rows.map((row) => row.identity) ?? []).not.toContain(identity);
  });

  test('two commands made of one reading take out those that are meant, or nobody', () => {
    const world = STOCK()
      .clusterRole('r', SECRETS)
      .serviceAccount('q/bot')
      .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'), sa('q/bot'), sa('z/bot'));
    const commands = new Map(
      (found(world.inventory(), 'secrets-readable-cluster-wide')?.rows ?? []).map(({ subject, fix }) => [subject.namespace, fix.command]),
    );
    const once = worldAfter(world, commands.get('a') as string);
    expect(() => worldAfter(once, commands.get('q') as string)).toThrow('the test fails');
  });

  test('a role that collects its rules is not patched, as they come back', () => {
    const world = STOCK()
      .add({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'all' },
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { team: 'x' } }] },
        rules: [rule('*', '*', '*')],
      })
      .clusterRoleBinding('b', 'ClusterRole/all', user('alice'));
    expect(found(world.inventory(), 'wildcard-role')?.rows.map(({ fix }) => [fix.command, fix.patches, fix.lacks])).toEqual([
      [undefined, undefined, expect.stringContaining('collects the rules')],
    ]);
  });
});

/** What an attacker may call a role or a binding: anything but `/` and `%`. */
const NASTY = [
  '--all',
  '-n',
  `it's`,
  '$(touch pwned)',
  '`id`',
  'a"b\\c',
  'a\nb: c\n- d',
  '*anchor',
  '&x',
  '!!binary x',
  '{a: [1]}',
  '# no',
  ' leading and trailing ',
  '1e3',
  'no',
  '~',
  'ключ\u202e\u2028\u0085',
  '\u{1f600}',
  'x'.repeat(253),
  'a;rm b && c | d > e',
];

describe.each(NASTY.map((name) => [name] as const))('a name such as %j', (name) => {
  const world = STOCK()
    .clusterRole(name, SECRETS, rule('*', '*', '*', 'x'), rule('get', '*', '*'))
    .clusterRole(`${name}left`, SECRETS)
    .clusterRoleBinding(name, `ClusterRole/${name}`, sa('a/bot'), user(name), group('system:authenticated'))
    .clusterRoleBinding(`${name}2`, 'ClusterRole/none', user(name))
    .role(`a/${name}`, SECRETS)
    .roleBinding(`a/${name}`, `Role/${name}`, sa('a/gone'))
    .namespace('a');
  const rows: readonly FindingRow[] = findFindings(baseOf(world.inventory())).flatMap((one) => one.rows);

  test('comes back from every command as it was', () => {
    const commands = rows.flatMap(({ fix: { command } }) => (command === undefined || command.startsWith('printf') ? [] : [command]));
    expect(commands.length).toBeGreaterThan(6);
    const known = new Set(world.objects.map(({ kind, metadata }) => JSON.stringify([String(kind).toLowerCase(), (metadata as Json).name])));
    for (const call of callsOf(...commands)) {
      const { kind, name: own } = targetOf(call);
      expect([kind, own, known.has(JSON.stringify([kind, own]))]).toEqual([kind, own, true]);
    }
  });

  test('comes back from every patch as it was, and the patch is what the command has', () => {
    const patched = rows.filter(({ fix }) => fix.patches !== undefined && !fix.command?.startsWith('printf'));
    expect(patched.length).toBeGreaterThan(2);
    for (const { fix } of patched) {
      const targets = callsOf(fix.command ?? '').map(targetOf);
      expect(targets.map((one) => one.name)).toEqual(fix.patches?.map(({ target }) => target.name));
      for (const [place, { type, text }] of (fix.patches ?? []).entries()) {
        const { verb, patch, name: own } = targets[place] as Target;
        if (type === 'delete')
          expect([verb, parse(text)]).toEqual([
            'delete',
            expect.objectContaining({ $patch: 'delete', metadata: expect.objectContaining({ name: own }) }),
          ]);
        else expect(patch).toEqual(parse(text));
      }
    }
  });
});
