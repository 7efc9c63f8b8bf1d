import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const WEB = 'pod:storefront/web-626xddnhn-lqdkb';
const ROLE = 'arn:aws:iam::210987654321:role/fernwood-payments-worker';

/** Runs the command line as a person does, in a process of its own. */
function podreach(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/podreach-main.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

const demo = ['--snapshot', 'demo'];

describe('an answer is JSON on stdout and exit code 0', () => {
  test('graph: nodes, edges with evidence, gaps', () => {
    const { status, stdout } = podreach(['graph', ...demo]);
    const graph = JSON.parse(stdout);
    expect([status, graph.gaps]).toEqual([0, []]);
    const ids = new Set(graph.nodes.map(({ id }: { id: string }) => id));
    expect(ids.size).toBe(graph.nodes.length);
    expect(graph.edges.length).toBeGreaterThan(1000);
    for (const { from, to, evidence } of graph.edges) expect([ids.has(from), ids.has(to), evidence.length > 0]).toEqual([true, true, true]);
  }, 30_000);

  test.each([
    ['a node id', WEB],
    ['KIND/NAMESPACE/NAME', 'Pod/storefront/web-626xddnhn-lqdkb'],
    ['a short kind', 'po/storefront/web-626xddnhn-lqdkb'],
  ])('reach by %s', (_name, id) => {
    const answer = JSON.parse(podreach(['reach', id, ...demo]).stdout);
    expect(answer.from).toEqual([WEB]);
    expect(answer.reached.find((node: { id: string }) => node.id === `aws-role:${ROLE}`)).toMatchObject({
      kind: 'aws-role',
      certainty: 'certain',
    });
  });

  test('reach backwards, and no further than it may', () => {
    const back = JSON.parse(podreach(['reach', ROLE, ...demo, '--direction', 'reverse']).stdout);
    expect(back.reached.map(({ id }: { id: string }) => id)).toContain(WEB);
    const near = JSON.parse(podreach(['reach', WEB, ...demo, '--depth', '1']).stdout);
    expect(new Set(near.reached.map(({ hops }: { hops: number }) => hops))).toEqual(new Set([1]));
  });

  test('path: hops in a row, each with evidence', () => {
    const { paths } = JSON.parse(podreach(['path', WEB, ROLE, ...demo, '-k', '2']).stdout);
    expect(paths).toHaveLength(2);
    const [{ hops }] = paths;
    expect([hops[0].from, hops.at(-1).to]).toEqual([WEB, `aws-role:${ROLE}`]);
    for (const [index, hop] of hops.entries()) expect(index === 0 || hops[index - 1].to === hop.from).toBe(true);
  });

  test('path by ease: easiest first, with the techniques between the two', () => {
    const { paths, techniques } = JSON.parse(podreach(['path', WEB, ROLE, ...demo, '--by', 'ease']).stdout);
    const hard = paths.map(({ difficulty }: { difficulty: number }) => difficulty);
    expect(hard.length).toBeGreaterThan(0);
    expect(hard).toEqual([...hard].sort((a, b) => a - b));
    expect(techniques).toEqual(expect.arrayContaining(['holds-token', 'pod-exec']));
  });

  test('cuts: the smallest set of changes with commands and what it takes, and that nothing is left', () => {
    const { status, stdout } = podreach(['cuts', WEB, ROLE, ...demo]);
    const cut = JSON.parse(stdout);
    expect([status, cut.separable, cut.exact, cut.suffices, cut.from]).toEqual([0, true, true, true, [WEB]]);
    expect(cut.changes).toMatchObject([
      {
        change: 'RoleBinding/payments/incident-2214-debug/subjects/0',
        fix: { command: expect.stringMatching(/^kubectl patch rolebinding incident-2214-debug .* -n payments$/) },
        closes: { from: 'sa:storefront/web', technique: 'pod-exec' },
        takesFrom: { workloads: 1, otherWorkloads: 0 },
      },
    ]);
  });

  test('cuts: of all pods of a namespace from the crown jewels, fewer changes for what is certain', () => {
    const all = JSON.parse(podreach(['cuts', 'namespace:argocd', 'crown-jewels', ...demo]).stdout);
    const certain = JSON.parse(podreach(['cuts', 'namespace:argocd', 'crown-jewels', ...demo, '--certainty', 'certain']).stdout);
    expect([all.from.length, all.separable, certain.certainty]).toEqual([6, true, 'certain']);
    expect(all.to).toContain('cluster-admin:cluster');
    expect(certain.changes.length).toBeLessThanOrEqual(all.changes.length);
  });

  test('cuts: what no change separates is told with the way that stays', () => {
    const { nodes } = JSON.parse(podreach(['graph', ...demo]).stdout);
    const node = nodes.find(({ kind }: { kind: string }) => kind === 'node').id;
    const { reached } = JSON.parse(podreach(['reach', node, ...demo, '--depth', '1']).stdout);
    const pod = reached.find(({ kind }: { kind: string }) => kind === 'pod').id;
    const cut = JSON.parse(podreach(['cuts', node, pod, ...demo]).stdout);
    expect(cut).toMatchObject({ separable: false, open: [{ from: node, to: pod }] });
    expect(cut.open[0].evidence.length).toBeGreaterThan(0);
  }, 30_000);

  test('choke-points: most pairs first, as many as are asked for; of a named target alone', () => {
    const found = JSON.parse(podreach(['choke-points', ...demo, '--most', '4']).stdout);
    expect(found.changes).toHaveLength(4);
    const pairs = found.changes.map((one: { pairs: number }) => one.pairs);
    expect(pairs).toEqual([...pairs].sort((a, b) => b - a));
    expect(pairs[0]).toBeLessThanOrEqual(found.pairs);
    const named = JSON.parse(podreach(['choke-points', ...demo, '--target', ROLE, '--target', 'cluster-admin:cluster']).stdout);
    expect(named.targets).toBe(2);
  });

  test('review: one verdict a line, in order', () => {
    const allowed = {
      user: 'system:serviceaccount:storefront:web',
      groups: [],
      resourceAttributes: { namespace: 'payments', verb: 'create', resource: 'pods', subresource: 'exec' },
    };
    const denied = { user: 'nobody', groups: [], nonResourceAttributes: { path: '/metrics', verb: 'get' } };
    const { status, stdout } = podreach(['review', ...demo], `${JSON.stringify(allowed)}\n${JSON.stringify({ spec: denied })}\n`);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(first).toMatchObject({ allowed: true, binding: { kind: 'RoleBinding', namespace: 'payments' }, subject: { name: 'web' } });
    expect(second).toEqual({ allowed: false, reason: '' });
  });

  test.each([
    [
      'null for what is absent',
      '{"user":"nobody","groups":null,"resourceAttributes":{"namespace":null,"verb":"get","resource":"pods","name":null}}\n',
    ],
    ['a byte order mark', '\uFEFF{"user":"nobody","nonResourceAttributes":{"path":"/metrics","verb":null}}\n'],
    ['lines that end as on Windows, and empty ones', '\r\n{"user":"nobody","resourceAttributes":{"verb":"get","resource":"pods"}}\r\n\r\n'],
    [
      'fields that RBAC does not look at',
      '{"user":"nobody","uid":"1","extra":{"a":["b"]},"resourceAttributes":{"verb":"list","version":"v1","resource":"pods","fieldSelector":{"rawSelector":"a=b"}}}\n',
    ],
  ])('review takes %s', (_name, input) => {
    const { status, stdout } = podreach(['review', ...demo], input);
    expect([status, stdout]).toEqual([0, '{"allowed":false,"reason":""}\n']);
  });

  test('links: one line a pair, though two things can be said of it', () => {
    const folder = path.resolve(import.meta.dirname, '../sources/azure/testdata/acme');
    const links = podreach(['links', '--snapshot', folder])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const keys = links.map(({ serviceAccount, provider, identity, method }) => `${serviceAccount} ${provider} ${identity} ${method}`);
    expect(new Set(keys).size).toBe(keys.length);
    const unlabelled = links.filter(({ code }) => code === 'pod-label-missing');
    expect(unlabelled.map(({ state, also }) => [state, also?.map((other: { state: string }) => other.state)])).toEqual([
      ['broken', ['possible']],
    ]);
  });

  test('links: one JSON a line', () => {
    const links = podreach(['links', ...demo])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(links.find(({ identity, state }) => identity === ROLE && state === 'wired')).toMatchObject({
      serviceAccount: 'payments/worker',
      provider: 'aws',
      method: 'irsa',
    });
    expect(new Set(links.map(({ state }) => state))).toEqual(new Set(['wired', 'possible', 'broken']));
  });

  test('diagnose: a service account with every step, and all that are linked without a name', () => {
    const one = JSON.parse(podreach(['diagnose', 'payments/worker', ...demo]).stdout);
    expect(one).toMatchObject({ serviceAccount: 'payments/worker', exists: true });
    expect(one.chains[0].steps.map(({ id }: { id: string }) => id)).toContain('trust');
    const all = podreach(['diagnose', ...demo])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(all.filter(({ state }) => state === 'broken').length).toBeGreaterThan(0);
    expect(all.filter(({ state }) => state === 'none')).toEqual([]);
  });
});

describe('bad use and bad input are a sentence on stderr and exit code 2', () => {
  test.each([
    ['no command', [], 'no command'],
    ['an unknown command', ['fly'], 'no command `fly`'],
    ['an unknown option', ['graph', '--wings'], '--wings'],
    ['an unknown option, in one line', ['graph', '--wings'], "unknown option '--wings'; `podreach --help` lists the options"],
    ['an option given twice', ['graph', ...demo, '--snapshot', 'docs'], '`--snapshot` is given twice; give it once'],
    ['a value with a dash', ['reach', WEB, ...demo, '--depth', '-1'], 'a value that begins with a dash is written `--option=-value`'],
    ['nothing to read', ['graph'], '--snapshot'],
    ['a cloud project that is none', ['graph', ...demo, '--gcp-project', 'My Project'], '`My Project` is no Google Cloud project id'],
    ['a cloud subscription that is none', ['graph', '--azure-subscription', 'mine'], '`mine` is no Azure subscription id'],
    ['a path that is not there', ['graph', '--snapshot', '/nowhere'], '/nowhere'],
    ['two clusters at once', ['links', ...demo, '--kubeconfig', '/nowhere'], '`--snapshot` and `--kubeconfig`'],
    ['a snapshot and a context', ['links', ...demo, '--context', 'prod'], '`--snapshot` and `--context`'],
    ['an option of another command', ['links', ...demo, '--depth', '3'], '`--depth` is for `reach`'],
    ['a part of a script elsewhere', ['links', ...demo, '--azure'], '`--azure` is for `collect-script`'],
    ['a script of a snapshot', ['collect-script', ...demo], '`collect-script` takes no `--snapshot`'],
    [
      'a name that would steer the terminal',
      ['links', '--snapshot', '/nowhere/\u001b]0;x\u0007\u202e'],
      'nowhere/\\u{1b}]0;x\\u{7}\\u{202e}`',
    ],
    ['an id that is not there', ['reach', 'pod:a/b', ...demo], 'no node `pod:a/b`'],
    ['no id', ['reach', ...demo], 'at least one id'],
    ['one id too few', ['path', WEB, ...demo], 'two ids'],
    ['an order of paths that is none', ['path', WEB, ROLE, ...demo, '--by', 'luck'], '--by luck'],
    ['one id too few for a cut', ['cuts', WEB, ...demo], 'two ids'],
    ['a cut from what is not there', ['cuts', 'pod:a/b', WEB, ...demo], 'no node `pod:a/b`'],
    ['a cut from an empty namespace', ['cuts', 'namespace:nowhere', WEB, ...demo], 'no pods in namespace `nowhere`'],
    ['a cut from a node to itself', ['cuts', 'namespace:storefront', WEB, ...demo], `\`${WEB}\` is both`],
    ['a certainty that is none', ['cuts', WEB, ROLE, ...demo, '--certainty', 'maybe'], '--certainty maybe'],
    ['choke points of what is not there', ['choke-points', ...demo, '--target', 'node:none'], 'no node `node:none`'],
    ['a number of choke points that is none', ['choke-points', ...demo, '--most', '0'], '--most 0'],
    ['a service account that is not there', ['diagnose', 'a/b', ...demo], 'no service account `a/b`'],
    ['a depth that is no number', ['reach', WEB, ...demo, '--depth', 'far'], '--depth far'],
    ['a direction that is none', ['reach', WEB, ...demo, '--direction', 'up'], '--direction up'],
  ])('%s', (_name, args, says) => {
    const { status, stdout, stderr } = podreach(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each([
    ['a line that is no JSON', '{', 'line 1'],
    ['a spec without attributes', '{"user":"a"}', 'needs either'],
  ])('review: %s', (_name, input, says) => {
    const { status, stderr } = podreach(['review', ...demo], input);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });
});
