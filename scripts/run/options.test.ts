import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { helpText, settingsOf } from './options.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'podreach options '));
  mkdirSync(path.join(folder, 'snap shot'));
  writeFileSync(path.join(folder, 'config'), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const TOKEN = 'correct-horse-battery-staple';
const variables = (args: string[], env: Record<string, string> = {}): Record<string, string | undefined> =>
  settingsOf(args, env, folder).env;

describe('settingsOf', () => {
  test('nothing asked for', () => {
    const settings = settingsOf([], {}, folder);
    expect([settings.host, settings.port, settings.url]).toEqual(['127.0.0.1', 3000, 'http://127.0.0.1:3000']);
    expect(Object.entries(settings.env).filter(([, value]) => value !== undefined)).toEqual([
      ['PODREACH_HOST', '127.0.0.1'],
      ['PODREACH_PORT', '3000'],
    ]);
  });

  test.each<[string, string[], Record<string, string>, string, () => string | undefined]>([
    ['a snapshot from where the caller is', ['--snapshot', 'snap shot'], {}, 'PODREACH_SNAPSHOT', () => path.join(folder, 'snap shot')],
    ['a snapshot by its variable', [], { PODREACH_SNAPSHOT: 'snap shot' }, 'PODREACH_SNAPSHOT', () => path.join(folder, 'snap shot')],
    ['an option over its variable', ['--cluster', 'b'], { PODREACH_CLUSTER: 'a' }, 'PODREACH_CLUSTER', () => 'b'],
    ['a kubeconfig', ['--kubeconfig=config'], {}, 'PODREACH_KUBECONFIG', () => path.join(folder, 'config')],
    ['a context', ['--context', 'c'], {}, 'PODREACH_CONTEXT', () => 'c'],
    ['namespaces', ['--namespaces', 'a,b'], {}, 'PODREACH_NAMESPACES', () => 'a,b'],
    ['AWS', ['--aws'], {}, 'PODREACH_AWS', () => '1'],
    ['several profiles', ['--aws-profile', 'a', '--aws-profile=b'], {}, 'PODREACH_AWS_PROFILES', () => 'a,b'],
    ['a role by its variable', [], { PODREACH_AWS_ROLES: 'arn' }, 'PODREACH_AWS_ROLES', () => 'arn'],
    ['a region', ['--aws-region', 'eu-west-1'], {}, 'PODREACH_AWS_REGIONS', () => 'eu-west-1'],
    ['several projects', ['--gcp-project', 'a', '--gcp-project=b'], { PODREACH_GCP_PROJECTS: 'c' }, 'PODREACH_GCP_PROJECTS', () => 'a,b'],
    ['projects by their variable', [], { PODREACH_GCP_PROJECTS: 'a,b' }, 'PODREACH_GCP_PROJECTS', () => 'a,b'],
    ['a subscription', ['--azure-subscription', 'x'], {}, 'PODREACH_AZURE_SUBSCRIPTIONS', () => 'x'],
    ['the demo', ['--demo'], {}, 'PODREACH_DEMO', () => '1'],
    ['a source instead of another in the environment', ['--demo'], { PODREACH_SNAPSHOT: 'gone' }, 'PODREACH_SNAPSHOT', () => undefined],
    ['a port', ['--port', '8080'], { PODREACH_PORT: '1' }, 'PODREACH_PORT', () => '8080'],
    [
      "kubectl's variable, made absolute",
      [],
      { KUBECONFIG: `a${path.delimiter}b` },
      'KUBECONFIG',
      () => [path.join(folder, 'a'), path.join(folder, 'b')].join(path.delimiter),
    ],
    ['a host with a token', ['--host', '0.0.0.0'], { PODREACH_TOKEN: TOKEN }, 'PODREACH_HOST', () => '0.0.0.0'],
  ])('%s', (_name, args, env, variable, value) => expect(variables(args, env)[variable]).toBe(value()));

  test.each<[string, string[], Record<string, string>, string]>([
    ['an unknown option', ['--snapshoot', 'x'], {}, 'unknown option `--snapshoot`'],
    ['an argument', ['demo'], {}, 'unexpected argument `demo`'],
    ['an option without its value', ['--snapshot'], {}, '--snapshot'],
    ['a flag with a value', ['--demo=yes'], {}, '--demo'],
    ['a snapshot that is not there', ['--snapshot', 'nothing'], {}, 'no snapshot at'],
    ['an empty snapshot', ['--snapshot', ''], {}, 'no snapshot at'],
    ['a kubeconfig that is not there', ['--kubeconfig', 'nothing'], {}, 'no kubeconfig at'],
    ['two sources', ['--demo', '--snapshot', 'snap shot'], {}, 'choose one of --demo, --snapshot'],
    ['a snapshot with a context', ['--context', 'c', '--snapshot', 'snap shot'], {}, 'choose one of'],
    ['a port that is no number', ['--port', 'http'], {}, 'from 1 to 65535'],
    ['a port with a sign', ['--port', '+80'], {}, 'from 1 to 65535'],
    ['port 0', ['--port', '0'], {}, 'from 1 to 65535'],
    ['a port beyond the last', [], { PODREACH_PORT: '65536' }, 'from 1 to 65535'],
    ['all interfaces without a token', ['--host', '0.0.0.0'], {}, 'PODREACH_TOKEN'],
    ['IPv6 on all interfaces without a token', ['--host', '::'], {}, 'PODREACH_TOKEN'],
    ['a name without a token', [], { PODREACH_HOST: 'box.lan' }, 'PODREACH_TOKEN'],
    ['a short token', [], { PODREACH_TOKEN: 'short' }, 'needs 16 or more'],
  ])('refuses %s', (_name, args, env, message) => expect(() => settingsOf(args, env, folder)).toThrow(message));

  test('an IPv6 address becomes a URL', () =>
    expect(settingsOf(['--host', '[::1]'], {}, folder)).toMatchObject({ host: '::1', url: 'http://[::1]:3000' }));
});

test('the help names every option and variable', () => {
  const text = helpText(['types']);
  for (const name of [
    'snapshot',
    'kubeconfig',
    'context',
    'cluster',
    'namespaces',
    'port',
    'host',
    'demo',
    'aws',
    'aws-profile',
    'aws-role',
    'aws-region',
    'gcp-project',
    'azure-subscription',
    'help',
  ])
    expect(text).toContain(`--${name}`);
  for (const name of [
    'SNAPSHOT',
    'KUBECONFIG',
    'CONTEXT',
    'CLUSTER',
    'NAMESPACES',
    'HOST',
    'PORT',
    'TOKEN',
    'ALLOWED_HOSTS',
    'DEMO',
    'AWS',
    'AWS_PROFILES',
    'AWS_ROLES',
    'AWS_REGIONS',
    'GCP_PROJECTS',
    'AZURE_SUBSCRIPTIONS',
  ]) {
    expect(text).toContain(`PODREACH_${name}`);
  }
});
