import { expect, test } from 'vitest';
import { gapLine } from './gap-line.ts';

const gap = { id: 'x', source: 'snapshot', what: 'pods', why: 'it is empty', remedy: 'run it again' } as const;

test.each<[string, Parameters<typeof gapLine>[0], string]>([
  ['everywhere', gap, 'gap: pods: it is empty; run it again'],
  ['in a namespace', { ...gap, where: 'shop' }, 'gap: pods (shop): it is empty; run it again'],
  ['a place in a file', { ...gap, file: 'a.json', line: 3 }, 'gap: pods (a.json, line 3): it is empty; run it again'],
  ['a whole file, told once', { ...gap, file: 'a.json', where: 'a.json' }, 'gap: pods (a.json): it is empty; run it again'],
  ['a name that would steer the terminal', { ...gap, where: '\u001b[31m' }, 'gap: pods (\\u{1b}[31m): it is empty; run it again'],
])('%s', (_name, one, line) => expect(gapLine(one)).toBe(line));
