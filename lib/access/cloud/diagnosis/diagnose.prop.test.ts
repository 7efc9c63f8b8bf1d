import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotated, serviceAccount } from '../../aws/testing/world.ts';
import { cloudLinks } from '../links.ts';
import { diagnose } from './testing/diagnose.ts';
import { ACCOUNT, elsewhere, link, pod, scene } from './testing/scene.ts';

/** What of a command line the shell would read by itself: all that stands outside of quotes. */
const outsideOfQuotes = (command: string): string => command.replaceAll("\\'", '').replaceAll(/'[^']*'/g, '');

const names = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '$(id)',
    "'; id; '",
    '--help',
    'arn:aws:iam::123456789012:role/a b',
    'a@b',
    '\n\u0000',
    'arn:aws:iam::123456789012:role/`id`',
  ),
);

const SETTINGS = { seed: 8, numRuns: 300 };

describe('whatever an annotation says', () => {
  test('AWS: there is a diagnosis, and its commands hold no word that a shell would run', () => {
    fc.assert(
      fc.property(names, (role) => {
        const inventory = scene({ account: annotated(ACCOUNT, role) });
        const commands = diagnose(inventory, cloudLinks(inventory), ACCOUNT).chains.flatMap(({ steps }) =>
          steps.flatMap(({ fix }) => fix?.command ?? []),
        );
        for (const command of commands) expect(outsideOfQuotes(command)).toMatch(/^[\w@%+=:,./ -]*$/);
      }),
      SETTINGS,
    );
  });

  test('Google Cloud and Azure: the same for every code that a link may have', () => {
    const codes = fc.constantFrom(
      'no-binding',
      'gsa-missing',
      'gsa-disabled',
      'client-id-unknown',
      'issuer-mismatch',
      'subject-mismatch',
      'annotation-malformed',
      'something-new',
    );
    fc.assert(
      fc.property(names, codes, fc.constantFrom('gke' as const, 'aks' as const, 'federation' as const), (identity, code, method) => {
        const account = serviceAccount(ACCOUNT, {
          'iam.gke.io/gcp-service-account': identity,
          'azure.workload.identity/client-id': identity,
        });
        const broken = link({ provider: method === 'gke' ? 'gcp' : 'azure', method, identity, audience: 'a', state: 'broken', code });
        const { chains } = diagnose(elsewhere(account, [pod()]), [broken], ACCOUNT);
        if (identity !== '') expect(chains.map(({ state }) => state)).toEqual(['broken']);
        const commands = chains.flatMap(({ steps }) => steps.flatMap(({ fix }) => fix?.command ?? []));
        for (const command of commands) expect(outsideOfQuotes(command)).toMatch(/^[\w@%+=:,./ -]*$/);
      }),
      SETTINGS,
    );
  });
});
