import { describe, expect, it } from 'vitest';
import type { ChangeAnswer, CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { containLines, cutHint } from './contain-markdown.ts';

const node = (name: string) => ({ id: `pod:shop/${name}`, kind: 'pod' as const, name, namespace: 'shop' });
const change = (fix: ChangeAnswer['fix'], takesFrom: Partial<ChangeAnswer['takesFrom']> = {}): ChangeAnswer => ({
  change: 'key',
  fix,
  closes: { from: node('a'), to: node('b'), technique: 'pod-exec', title: 'Exec', class: 'rbac', certainty: 'certain', walked: true },
  edges: 1,
  takesFrom: { nodes: 0, workloads: 0, otherWorkloads: 0, most: [], others: [], ...takesFrom },
});
const cut = (more: Partial<CutsAnswer> = {}): CutsAnswer => ({
  from: [node('a')],
  to: [],
  targets: 3,
  reached: 2,
  inseparable: { total: 0, first: [] },
  changes: [],
  exact: true,
  suffices: true,
  remains: { verdict: '1 secret', severity: 'medium', groups: [], total: 1 },
  gaps: [],
  ...more,
});

describe('cutHint', () => {
  it.each([
    ['nothing to keep it from', { reached: 0 }, 'It reaches no crown jewel as things are'],
    ['all of them', {}, 'The fewest changes that keep it from 2 crown jewels, of 2 crown jewels that it reaches'],
    [
      'some, by few',
      { exact: false, inseparable: { total: 1, first: [] } },
      'Few changes that keep it from 1 crown jewel, of 2 crown jewels that it reaches',
    ],
    ['none of them', { inseparable: { total: 2, first: [] } }, 'No change keeps it from any of 2 crown jewels that it reaches'],
  ])('%s', (_name, more, want) => expect(cutHint(cut(more))).toBe(want));
});

describe('containLines', () => {
  it('numbers the changes, each with its command, its side effect and whom it hits', () => {
    const lines = containLines(
      cut({
        changes: [
          change({
            says: 'delete ClusterRoleBinding `all`',
            command: 'kubectl delete clusterrolebinding all',
            sideEffect: 'it may be in use',
          }),
          change({ says: 'turn off automount' }, { otherWorkloads: 3, others: [node('web'), node('a`b')] }),
        ],
      }),
    );
    expect(lines.join('\n')).toBe(
      [
        '## Contain it',
        '',
        'The fewest changes that keep it from 2 crown jewels, of 2 crown jewels that it reaches.',
        '',
        '### 1. Delete ClusterRoleBinding `all`',
        '',
        '```sh\nkubectl delete clusterrolebinding all\n```',
        '',
        'Side effect: it may be in use',
        '',
        'Takes nothing from any other workload.',
        '',
        '### 2. Turn off automount',
        '',
        'Also takes rights from 3 other workloads: `shop/web`, ``shop/a`b`` and 1 more.',
        '',
        'What it still reaches then: **Medium: 1 secret**',
        '',
        '',
      ]
        .join('\n')
        .slice(0, -1),
    );
  });

  it('says what no change keeps it from', () => {
    const lines = containLines(cut({ inseparable: { total: 2, first: [{ target: node('b|c'), way: [] }] } }));
    expect(lines.slice(-5)).toEqual([
      "No single object's change keeps it from 2 crown jewels: take it off the network and rotate what it holds.",
      '',
      '- `shop/b|c`',
      '- and 1 more',
      '',
    ]);
  });

  it('lets no name out of its place', () => {
    const evil = '`\n```\n# <img src=x onerror=alert(1)>';
    const text = containLines(cut({ changes: [change({ says: `delete ${evil}`, command: `kubectl delete x '${evil}'` })] })).join('\n');
    expect(text).toContain('\n### 1. Delete');
    expect(text.match(/^#+ .*/gm)).toEqual(['## Contain it', expect.stringMatching(/^### 1\. Delete/), "# <img src=x onerror=alert(1)>'"]);
    expect(text).toContain("\n````sh\nkubectl delete x '`\n```\n# <img src=x onerror=alert(1)>'\n````\n");
    expect(text.replace(/^````sh[\s\S]*?^````$/m, '')).not.toMatch(/(?<!\\)</);
  });

  it('has no more to say where no jewel is reached', () =>
    expect(containLines(cut({ reached: 0 }))).toEqual(['## Contain it', '', 'It reaches no crown jewel as things are.', '']));
});
