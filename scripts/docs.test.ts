import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findings } from '../lib/analysis/findings/index.ts';
import { KNOWN_WAYS } from '../lib/graph/known-ways.ts';
import { techniques } from '../lib/graph/techniques/index.ts';

const root = path.resolve(import.meta.dirname, '..');
const markdownIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));
const pages = ['.', 'docs', 'docs/adr', 'demo'].flatMap(markdownIn);
const textOf = (page: string): string => readFileSync(path.join(root, page), 'utf8');

/** Anchors of headings as GitHub makes them. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

/** Links of a page to our own files that lead nowhere. */
function brokenLinks(page: string): readonly string[] {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^https:\/\//.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.join(path.dirname(page), file);
    if (!existsSync(path.join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(textOf(target)).has(anchor);
  });
}

test.each(pages)('every link in %s leads somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

/** Paths in backticks that begin with a folder of ours, as far as the first placeholder. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:app|bench|components|demo|docs|e2e|lib|scripts)\/[\w./-]*)`/g)].map(([, found = '']) => found);

test.each(pages.filter((page) => !page.startsWith('docs/techniques')))('every file that %s names is there', (page) => {
  const gone = pathsIn(textOf(page)).filter((name) => !/\bID\b/.test(name) && !existsSync(path.join(root, name)));
  expect(gone).toEqual([]);
});

describe('the README counts what there is', () => {
  const readme = textOf('README.md');
  const found = KNOWN_WAYS.filter((way) => 'techniques' in way).length;
  test.each([
    ['ways that are known', `[${KNOWN_WAYS.length} structural edges and ways to move]`],
    ['ways that are found', `${found} are found`],
    ['ways that are not', `the other ${KNOWN_WAYS.length - found} stand there`],
    ['techniques', `${Object.keys(techniques).length} techniques`],
    ['findings', `[${findings.length} findings]`],
  ])('%s', (_name, words) => {
    expect(readme.replaceAll('\n  ', ' ')).toContain(words);
  });
});

test('every command of the documents is one that `--help` lists', () => {
  const help = textOf('lib/cli/main.ts');
  const commands = new Set([...help.matchAll(/^ {2}([a-z][a-z-]+)(?= {2,}| [A-Z[])/gm)].map(([, name]) => name));
  expect(commands.size).toBeGreaterThan(10);
  const named = pages.flatMap((page) => [
    ...textOf(page).matchAll(/(?<![\w/.-])podreach (?:-- )?([a-z][a-z-]+) (?:-|[A-Z/\w]+[:/=]|\S+ --|FROM|FILE)/g),
  ]);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named.map(([, name]) => name))].filter((name) => !commands.has(name))).toEqual([]);
});
