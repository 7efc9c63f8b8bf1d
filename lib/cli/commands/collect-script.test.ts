import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

function podreach(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ['scripts/podreach-main.ts', ...args], { cwd: root, encoding: 'utf8' });
}

test('without a choice the script collects everything', () => {
  const { status, stdout } = podreach('collect-script');
  expect(status).toBe(0);
  expect(stdout.startsWith('#!/usr/bin/env bash\n')).toBe(true);
  for (const call of ['\nkubernetes\n', '\naws_account\n', '\ngcp\n', '\nazure\n']) expect(stdout).toContain(call);
});

test('with a choice only that', () => {
  const { stdout } = podreach('collect-script', '--kubernetes', '--aws');
  expect(stdout).toContain('\nkubernetes\n');
  expect(stdout).toContain('\naws_account\n');
  expect(stdout).not.toMatch(/\n(gcp|azure)\n/);
});

test.each([
  ['a part of the script elsewhere', ['links', '--snapshot', 'demo', '--gcp'], '`--gcp` is for `collect-script`'],
  ['a word too many', ['collect-script', 'all'], '`collect-script` takes no `all`'],
  ['a part that there is not', ['collect-script', '--oracle'], "unknown option '--oracle'"],
])('bad use: %s', (_name, args, says) => {
  const { status, stderr } = podreach(...args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(says)]);
});
