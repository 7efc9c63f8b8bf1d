import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Inventory } from '../../inventory/inventory.ts';
import { SourceError } from '../source-error.ts';
import type { SnapshotOptions } from './read.ts';
import { type TestEntry, tarOf, zipOf } from './testing/archives.ts';
import { readFilesAlone } from './testing/files-alone.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'podreach-snapshot-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, data: string | Buffer): Promise<string> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, data);
  return full;
}

/** Reads the folder that the test has filled. */
async function read(files: Record<string, string | Buffer>, options: SnapshotOptions = {}): Promise<Inventory> {
  for (const [path, data] of Object.entries(files)) await put(path, data);
  return readFilesAlone(root, options);
}

const account = (name: string, namespace = 'n'): object => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
const list = (...items: object[]): object => ({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } });
const json = (value: unknown): string => JSON.stringify(value, null, 4);
const names = (inventory: Inventory): string[] => inventory.kubernetes.serviceAccounts.map((each) => each.name);
const GOOD = { 'good.json': json(list(account('good'))) };

describe('what kubectl prints', () => {
  const two = [account('a'), account('b')];
  const bom = '\ufeff';
  test.each<[string, Record<string, string | Buffer>]>([
    ['a list', { 'x.json': json(list(...two)) }],
    ['compact JSON', { 'x.json': JSON.stringify(list(...two)) }],
    ['single objects, in nested folders, under any names', { 'p/q/one': json(two[0]), 'p/two.dump': json(two[1]) }],
    ['JSON lines', { 'x.jsonl': two.map((each) => JSON.stringify(each)).join('\n') }],
    ['an array', { 'x.json': json(two) }],
    [
      'a list of the raw API, whose items name no kind',
      {
        'x.json': JSON.stringify({
          kind: 'ServiceAccountList',
          apiVersion: 'v1',
          items: two.map((each) => ({ metadata: (each as { metadata: object }).metadata })),
        }),
      },
    ],
    [
      'such a list with its kind after the items',
      {
        'x.json': json({
          apiVersion: 'v1',
          items: two.map((each) => ({ metadata: (each as { metadata: object }).metadata })),
          kind: 'ServiceAccountList',
        }),
      },
    ],
    ['a list within a list', { 'x.json': json(list(list(...two))) }],
    ['YAML of many documents', { 'x.yaml': `---\n${stringify(two[0])}---\n# nothing\n---\n${stringify(two[1])}...\n` }],
    ['a YAML list without a name', { x: stringify(list(...two)) }],
    [
      'YAML with anchors',
      {
        'x.yml': `apiVersion: v1\nkind: List\nitems:\n- &one\n  apiVersion: v1\n  kind: ServiceAccount\n  metadata: {name: a, namespace: n}\n- <<: *one\n  metadata: {name: b, namespace: n}\n`,
      },
    ],
    ['gzip', { 'x.json.gz': gzipSync(json(list(...two))), 'y.yaml.gz': gzipSync(stringify(two[0])) }],
    ['gzip in two members', { 'x.gz': Buffer.concat([gzipSync(json(two[0])), gzipSync(json(two[1]))]) }],
    ['JSON with a byte order mark', { 'x.json': bom + json(list(...two)) }],
    ['the same object in several files', { 'x.json': json(list(...two)), 'y.json': json(list(...two)), 'z.yaml': stringify(two[0]) }],
  ])('%s is read', async (_name, files) => {
    const inventory = await read(files);
    expect(inventory.gaps).toEqual([]);
    expect(names(inventory)).toEqual(['a', 'b']);
  });

  test('a single file is read, and a link that was asked for is followed', async () => {
    const file = await put('sub/x.json', json(list(...two)));
    expect(names(await readFilesAlone(file))).toEqual(['a', 'b']);
    await symlink(file, join(root, 'link.json'));
    expect(names(await readFilesAlone(join(root, 'link.json')))).toEqual(['a', 'b']);
  });

  test('issuer and version come from their files, in any order of the files', async () => {
    const openid = JSON.stringify({ issuer: 'https://issuer.example', jwks_uri: 'https://x' });
    for (const prefix of ['a', 'z']) {
      const inventory = await read({
        ...GOOD,
        [`${prefix}.json`]: openid,
        [`${prefix}v.json`]: json({
          clientVersion: { gitVersion: 'v9', gitCommit: 'x' },
          serverVersion: { gitVersion: 'v1.36.2', gitCommit: 'x' },
        }),
      });
      expect(inventory.cluster).toEqual({ issuer: 'https://issuer.example', version: 'v1.36.2' });
    }
  });

  test('an AWS answer that does not say its account has it from its path, the folder asked for included', async () => {
    const answer = json({ Url: 'oidc.example', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: [], CreateDate: '2026-01-01' });
    await put('111122223333/iam-get-open-id-connect-provider/x.json', answer);
    const want = [{ account: '111122223333', url: 'oidc.example', clientIds: ['sts.amazonaws.com'] }];
    expect((await readFilesAlone(root)).aws.oidcProviders).toMatchObject(want);
    expect((await readFilesAlone(join(root, '111122223333'))).aws.oidcProviders).toMatchObject(want);
  });
});

describe('what stays silent', () => {
  test.each<[string, Record<string, string | Buffer>]>([
    ['notes, scripts and pictures', { 'a.md': '# kind: Pod', 'b.sh': 'kubectl get', 'c.png': Buffer.from([0x89, 0x50]), LICENSE: 'free' }],
    ['hidden files and folders', { '.git/x.json': '{', '.x.json': '{' }],
    [
      'JSON that is nothing we know',
      { 'a.json': '{"hello":"world"}', 'b.json': '{"clusters":["a"]}', 'c.json': '"x"'.replace('"x"', '[1,2]').replace('[1,2]', '[]') },
    ],
    ['kinds that are not kept', { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n' }],
    ['an empty list', { 'a.json': json(list()), 'b.json': '{"kind":"PodList","apiVersion":"v1","items":null}' }],
  ])('%s', async (_name, files) => {
    const inventory = await read({ ...GOOD, ...files });
    expect(inventory.gaps).toEqual([]);
    expect(names(inventory)).toEqual(['good']);
  });
});

describe('what becomes a gap and does not stop the others', () => {
  const broken = json(list(account('a'), account('b'), account('c')));
  test.each<[string, Record<string, string | Buffer>, object, string[]]>([
    [
      'a list that breaks off',
      { 'x.json': broken.slice(0, broken.indexOf('"name": "c"')) },
      { file: 'x.json', line: 24, column: 17, offset: broken.indexOf('"name": "c"') },
      ['a', 'b', 'good'],
    ],
    [
      'a list that breaks off, compressed',
      { 'x.json.gz': gzipSync(broken.slice(0, broken.indexOf('"name": "c"'))) },
      { file: 'x.json.gz', line: 24, column: 17 },
      ['a', 'b', 'good'],
    ],
    [
      'a list with a word in it',
      { 'x.json': broken.replace('"c"', 'cc') },
      { line: 24, column: 25, why: expect.stringContaining('expected a value') as string },
      ['a', 'b', 'good'],
    ],
    ['a broken object', { 'x.json': '{"kind":"Pod",}' }, { line: 1, column: 15 }, ['good']],
    [
      'a YAML document that is broken',
      { 'x.yaml': `${stringify(account('a'))}---\na: [\n---\n${stringify(account('b'))}` },
      { file: 'x.yaml', line: 8 },
      ['a', 'b', 'good'],
    ],
    ['YAML that is no YAML', { 'x.yaml': 'kind: "a\n' }, { file: 'x.yaml' }, ['good']],
    ['text', { 'x.json': 'hello' }, { file: 'x.json', why: 'the file is neither JSON nor YAML' }, ['good']],
    ['an empty file', { 'x.json': '' }, { file: 'x.json', why: expect.stringContaining('empty') as string }, ['good']],
    ['UTF-16', { 'x.json': Buffer.from(`\ufeff${broken}`, 'utf16le') }, { why: expect.stringContaining('UTF-16') as string }, ['good']],
    [
      'bytes that are no UTF-8',
      { 'x.json': Buffer.from(broken.replace('"c"', '"\xff"'), 'latin1') },
      { line: 24, column: 26, why: expect.stringContaining('UTF-8') as string },
      ['a', 'b', 'good'],
    ],
    ['bytes that are no UTF-8, in YAML', { 'x.yaml': Buffer.from('kind: "\xff"\n', 'latin1') }, { line: 1, column: 8 }, ['good']],
    [
      'a message of kubectl',
      {
        'x.json':
          'Error from server (Forbidden): pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope\n',
      },
      { what: 'pods', permission: 'list pods' },
      ['good'],
    ],
    [
      'a Status',
      {
        'x.json':
          '{"kind":"Status","apiVersion":"v1","status":"Failure","message":"secrets is forbidden: User \\"u\\" cannot list resource \\"secrets\\" in API group \\"\\" at the cluster scope","code":403}',
      },
      { permission: 'list secrets' },
      ['good'],
    ],
    [
      'gzip that breaks off',
      { 'x.gz': gzipSync(json(list(...Array.from({ length: 50 }, (_, index) => account(`${index * 7919}`))))).subarray(0, 60) },
      { file: 'x.gz', why: expect.stringContaining('packed data is broken') as string },
      ['good'],
    ],
    ['gzip within gzip', { 'x.gz': gzipSync(gzipSync('{}')) }, { why: 'it is packed more than once' }, ['good']],
    [
      'an object without a name',
      { 'x.json': json({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: {} }) },
      { file: 'x.json', pointer: '/metadata/name' },
      ['good'],
    ],
    [
      'an alias bomb',
      {
        'x.yaml': `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
          .split('')
          .map((key, at) => `${key}: &${key} [${`*${'abcdefg'[at]},`.repeat(9)}*${'abcdefg'[at]}]`)
          .join('\n')}\n`,
      },
      { why: expect.stringContaining('aliases') as string },
      ['good'],
    ],
    [
      'an alias of the node it stands in',
      { 'x.yaml': 'kind: &a [*a]\n' },
      { line: 1, why: expect.stringContaining('aliases') as string },
      ['good'],
    ],
    ['an alias of nothing', { 'x.yaml': 'kind: *a\n' }, { line: 1, why: expect.stringContaining('aliases') as string }, ['good']],
    [
      'a merge of what is no map',
      { 'x.yaml': 'kind: Pod\n<<: [1]\n' },
      { line: 1, why: expect.stringContaining('merges') as string },
      ['good'],
    ],
    [
      'YAML within YAML without end',
      { 'x.yaml': `kind: ${'['.repeat(100_000)}` },
      { why: expect.stringContaining('levels') as string },
      ['good'],
    ],
    [
      'dashes within dashes without end',
      { 'x.yaml': `kind:\n${'- '.repeat(20_000)}x` },
      { why: expect.stringContaining('levels') as string },
      ['good'],
    ],
    [
      'JSON within JSON without end',
      { 'x.json': `{"kind":${'['.repeat(100_000)}` },
      { why: expect.stringContaining('brackets') as string },
      ['good'],
    ],
  ])('%s', async (_name, files, gap, want) => {
    const inventory = await read({ ...GOOD, ...files });
    expect(inventory.gaps).toMatchObject([gap]);
    expect(inventory.gaps[0]?.remedy).not.toBe('');
    expect(names(inventory)).toEqual(want);
  });

  test('links, devices and what may not be read', async () => {
    await put('secret/x.json', json(list(account('outside'))));
    await put('snap/good.json', json(list(account('good'))));
    await symlink(join(root, 'secret/x.json'), join(root, 'snap/link.json'));
    await symlink(join(root, 'secret'), join(root, 'snap/folder'));
    execFileSync('mkfifo', [join(root, 'snap/pipe.json')]);
    const inventory = await readFilesAlone(join(root, 'snap'));
    expect(names(inventory)).toEqual(['good']);
    expect(inventory.gaps.map((gap) => [gap.where, gap.why])).toEqual([
      ['folder', 'it is a link, and links are not followed'],
      ['link.json', 'it is a link, and links are not followed'],
      ['pipe.json', 'it is no regular file'],
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    await chmod(await put('x.json', '{}'), 0);
    expect((await read(GOOD)).gaps).toMatchObject([{ where: 'x.json', why: 'it cannot be read (EACCES)' }]);
  });

  test('Secret values stay out of every message', async () => {
    const secret = (data: string): string => `{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"},"data":{"a":"CANARY",${data}}}`;
    const inventory = await read({
      ...GOOD,
      'a.json': secret('CANARY'),
      'b.json': secret('"b":"CANARY\n"'),
      'c.yaml': 'kind: Secret\nstringData:\n  a: "CANARY\n b: *CANARY\n',
      'd.json': 'CANARY',
      'e.yaml': 'kind: Secret\ndata: {a: *CANARY}\n',
    });
    expect(inventory.gaps).toHaveLength(5);
    expect(JSON.stringify(inventory.gaps)).not.toContain('CANARY');
  });
});

describe('archives', () => {
  const entries: TestEntry[] = [
    { name: './dump/', type: 'directory' },
    { name: './dump/a.json', data: json(list(account('a'))) },
    { name: 'dump/b.yaml.gz', data: gzipSync(stringify(account('b'))) },
    { name: 'dump/._a.json', data: '{' },
    { name: '__MACOSX/x.json', data: '{' },
  ];
  const packed = async (kind: string, some: TestEntry[]): Promise<Buffer> => {
    if (kind === 'zip') return zipOf(some.filter((entry) => entry.type === undefined));
    return kind === 'tar' ? tarOf(some) : gzipSync(await tarOf(some));
  };

  test.each(['tar', 'tgz', 'zip'])('%s is read, asked for or found in a folder', async (kind) => {
    const file = await put(`x.${kind}`, await packed(kind, entries));
    for (const path of [file, root]) {
      const inventory = await readFilesAlone(path);
      expect(inventory.gaps).toEqual([]);
      expect(names(inventory)).toEqual(['a', 'b']);
    }
  });

  test.each(['tar', 'tgz', 'zip'])('%s gives places and late kinds as a file does', async (kind) => {
    const headless = json({ items: [{ metadata: { name: 'late' } }], kind: 'ServiceAccountList' });
    const file = await put(
      'x',
      await packed(kind, [
        ...entries.slice(1, 3),
        { name: 'late.json', data: headless },
        { name: 'broken.json', data: '{\n"a":}' },
        { name: 'z.json', data: json(account('z')) },
      ]),
    );
    const inventory = await readFilesAlone(file);
    expect(names(inventory)).toEqual(['late', 'a', 'b', 'z']);
    expect(inventory.gaps).toMatchObject([{ file: 'x/broken.json', line: 2, column: 5 }]);
  });

  test.each(['tar', 'zip'])('%s: paths that leave it, absolute ones and links are gaps, and the rest is read', async (kind) => {
    const bad: TestEntry[] = [
      { name: '../evil.json', data: json(account('evil')) },
      { name: 'a/../../evil.json', data: json(account('evil')) },
      { name: '/etc/evil.json', data: json(account('evil')) },
      { name: 'C:\\evil.json', data: json(account('evil')) },
      { name: 'a\\..\\..\\evil.json', data: json(account('evil')) },
      { name: `${'d/'.repeat(20)}evil.json`, data: json(account('evil')) },
      { name: 'link.json', linkTo: '/etc/passwd' },
    ];
    const inventory = await readFilesAlone(await put('x', await packed(kind, [...bad, ...entries])));
    expect(names(inventory)).toEqual(['a', 'b']);
    expect(inventory.gaps).toHaveLength(bad.length);
    expect(inventory.gaps.every((gap) => /leaves the archive|absolute|deeper|link/.test(gap.why))).toBe(true);
  });

  test('tar: devices, pipes and hard links are gaps', async () => {
    const bad: TestEntry[] = [
      { name: 'p', type: 'fifo' },
      { name: 'c', type: 'character-device' },
      { name: 'h', linkTo: 'dump/a.json', type: 'link' },
    ];
    const inventory = await readFilesAlone(await put('x.tar', await tarOf([...bad, ...entries])));
    expect(inventory.gaps.map((gap) => gap.why).sort()).toEqual([
      'it is a link, and links are not followed',
      'it is no regular file',
      'it is no regular file',
    ]);
    expect(names(inventory)).toEqual(['a', 'b']);
  });

  const zeros = `{"a":1${' '.repeat(300_000)}}`;
  const small = { ratioFrom: 100_000, archiveBytes: 400_000, totalBytes: 1_000_000, entries: 30 };
  test.each<[string, () => Promise<Record<string, string | Buffer>>, string]>([
    ['gzip of nothing but spaces', async () => ({ 'x.gz': gzipSync(zeros) }), 'times its size'],
    ['zip of nothing but spaces', async () => ({ 'x.zip': zipOf([{ name: 'x.json', data: zeros }]) }), 'times its size'],
    ['tar.gz of nothing but spaces', async () => ({ 'x.tgz': gzipSync(await tarOf([{ name: 'x.json', data: zeros }])) }), 'times its size'],
    [
      'zip that lies about its size',
      async () => ({ 'x.zip': zipOf([{ name: 'x.json', data: zeros, claimedSize: 10 }]) }),
      'packed data is broken',
    ],
    [
      'tar with too much in all',
      async () => ({
        'x.tar': await tarOf([
          { name: 'x.json', data: zeros },
          { name: 'y.json', data: zeros },
        ]),
      }),
      'unpacks to more than',
    ],
    [
      'tar with too many entries',
      async () => ({ 'x.tar': await tarOf(Array.from({ length: 40 }, (_, index) => ({ name: `${index}.txt` }))) }),
      'entries',
    ],
    [
      'zip with too many entries',
      async () => ({ 'x.zip': zipOf(Array.from({ length: 40 }, (_, index) => ({ name: `${index}.txt` }))) }),
      'entries',
    ],
    ['an archive in an archive', async () => ({ 'x.tar': await tarOf([{ name: 'y.tar', data: await tarOf(entries) }]) }), 'archive within'],
    [
      'an archive in a compressed entry',
      async () => ({ 'x.zip': zipOf([{ name: 'y.tgz', data: gzipSync(await tarOf(entries)) }]) }),
      'more than once',
    ],
    ['a tar that breaks off', async () => ({ 'x.tar': (await tarOf([{ name: 'x.txt', data: zeros }])).subarray(0, 2000) }), 'broken'],
    ['a zip that breaks off', async () => ({ 'x.zip': zipOf(entries.slice(1)).subarray(0, 300) }), 'broken'],
    ['folders within folders', async () => ({ [`${'d/'.repeat(20)}x.json`]: '{}' }), 'deeper'],
    ['too much in a folder', async () => ({ 'z.json': Buffer.alloc(2_000_000, ' ') }), 'larger than'],
    [
      'too many files',
      async () => Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`z${index}.txt`, ''])),
      'more than 30 files',
    ],
  ])('%s is stopped, and what stood before is kept', async (_name, files, why) => {
    const inventory = await read({ 'good.json': GOOD['good.json'], ...(await files()) }, { limits: small });
    expect(inventory.gaps.map((gap) => gap.why).join()).toContain(why);
    expect(inventory.gaps.length).toBeLessThanOrEqual(2);
    expect(names(inventory)).toContain('good');
  });

  test('a value or a YAML document that is too large is a gap', async () => {
    const long = 'x'.repeat(300_000);
    const inventory = await read(
      { ...GOOD, 'a.json': `{"kind":"Pod","x":"${long}"}`, 'b.yaml': `kind: Pod\nx: ${long}\n` },
      { limits: { valueBytes: 100_000, yamlDocumentBytes: 100_000, chunkBytes: 10_000 } },
    );
    expect(inventory.gaps.map((gap) => gap.why)).toEqual([
      expect.stringContaining('single value'),
      expect.stringContaining('YAML document'),
    ]);
  });
});

describe('nothing usable', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['an empty folder', {}, /nothing usable/],
    ['other files only', { 'a.md': 'x', 'b.json': '{"a":1}' }, /1 data files and 1 others/],
    ['broken files only', { 'a.json': '{' }, /`a\.json`: broken at line 1/],
    ['objects of other kinds only', { 'a.json': '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x"}}' }, /nothing usable/],
  ])('%s is an error', async (_name, files, message) => {
    const failure = await read(files).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceError);
    expect((failure as SourceError).message).toMatch(message);
  });

  test('a path that is not there is an error that says so', async () => {
    await expect(readFilesAlone(join(root, 'nope'))).rejects.toThrow(/there is no such file or folder/);
    await expect(readFilesAlone(join(root, 'nope'))).rejects.toBeInstanceOf(SourceError);
  });
});

describe('a reading that is watched', () => {
  test('stops when it is told to', async () => {
    const stop = new AbortController();
    await put('a.json', json(list(account('a'))));
    await put('b.json', json(list(account('b'))));
    const reading = readFilesAlone(root, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(reading).rejects.toThrow('enough');
  });

  test('tells how far it is, within a file too', async () => {
    const told: string[] = [];
    const many = json(list(...Array.from({ length: 2500 }, (_, index) => account(`a${index}`))));
    await read(
      { ...GOOD, 'b.json': many },
      { onProgress: ({ what, count }) => told.push(`${what} ${what === 'objects' ? Math.floor(count / 1000) : count}`) },
    );
    expect(told).toEqual(['objects 1', 'objects 2', 'files 1', 'files 2']);
  });
});
