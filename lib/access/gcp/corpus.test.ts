import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import type { CloudLink } from '../cloud/link.ts';
import { gcpAssume } from './assume.ts';
import { gcpLinks } from './links.ts';
import { nodePoolIdentities } from './node-identities.ts';
import { gcpReview } from './review.ts';
import { gcpWarnings } from './warnings.ts';

const CORPUS = process.env.CORPUS_DIR ?? resolve(import.meta.dirname, '../../../../shared/corpus');
const FOLDER = resolve(CORPUS, 'prod-eu-gke');
const EXPECTED = resolve(CORPUS, 'expected/gcp.json');
const present = existsSync(FOLDER) && existsSync(EXPECTED);
if (!present) process.stdout.write(`skipped: the recorded GKE world, as there is no ${CORPUS}; set CORPUS_DIR\n`);

interface Expected {
  readonly links: readonly { serviceAccount: string; gsa: string; linkWorks: boolean; code: string }[];
  readonly impersonableByAnyPodOf: Readonly<Record<string, readonly string[]>>;
  readonly canImpersonateWithoutAnnotation: readonly { serviceAccount: string; gsas: '*' | readonly string[] }[];
  readonly sameness: readonly { cluster: string; serviceAccount: string; gsa: string; linkWorks: boolean }[];
  readonly nodePools: readonly { cluster: string; nodePool: string; workloadIdentity: boolean; actsAs?: string }[];
  readonly chains: readonly { from: string; to: string; accessToken: boolean; openIdToken?: boolean; actAs?: boolean }[];
  readonly direct: readonly { serviceAccount: string; role: string; resource: string; allowed: boolean; shadowedBy?: string }[];
  readonly findings: readonly { resource: string; code: string; member?: string }[];
}

const NOW = '2026-01-01T00:00:00Z';
const PROJECT = 'acme-prod-eu';

describe.skipIf(!present)('the recorded GKE world', () => {
  const expected: Expected = present ? JSON.parse(readFileSync(EXPECTED, 'utf8')) : ({} as Expected);
  const worlds = new Map<string, { readonly inventory: Inventory; readonly links: readonly CloudLink[] }>();
  beforeAll(async () => {
    for (const cluster of ['prod-eu', 'staging-eu']) {
      const inventory = await readSnapshot(FOLDER, { cluster, asOf: NOW });
      worlds.set(cluster, { inventory, links: gcpLinks(inventory) });
    }
  });
  const world = (cluster: string): { readonly inventory: Inventory; readonly links: readonly CloudLink[] } => {
    const found = worlds.get(cluster);
    if (found === undefined) throw new Error(`no world of ${cluster}`);
    return found;
  };
  const linkOf = (cluster: string, serviceAccount: string, identity: string): CloudLink | undefined =>
    world(cluster).links.find((link) => link.serviceAccount === serviceAccount && link.identity === identity);

  it.each(expected.links ?? [])('link $serviceAccount → $gsa: $linkWorks, $code', ({ serviceAccount, gsa, linkWorks, code }) => {
    expect(linkOf('prod-eu', serviceAccount, gsa)).toMatchObject({ state: linkWorks ? 'wired' : 'broken', code });
  });

  it.each(expected.sameness ?? [])('in $cluster: $serviceAccount → $gsa: $linkWorks', ({ cluster, serviceAccount, gsa, linkWorks }) => {
    expect(linkOf(cluster, serviceAccount, gsa)?.state).toBe(linkWorks ? 'wired' : 'broken');
  });

  it.each(Object.entries(expected.impersonableByAnyPodOf ?? {}))('any pod of %s can become %j', (cluster, gsas) => {
    const { inventory, links } = world(cluster);
    const accounts = inventory.kubernetes.serviceAccounts.length;
    const works = (gsa: string): number =>
      links.filter(({ identity, state }) => identity === gsa && state !== 'broken' && state !== 'conditional').length;
    const all = inventory.gcp.serviceAccounts.map(({ email }) => email).filter((email) => works(email) === accounts);
    expect(all.sort()).toEqual([...gsas].sort());
  });

  it.each(expected.canImpersonateWithoutAnnotation ?? [])(
    '$serviceAccount can become $gsas without annotation',
    ({ serviceAccount, gsas }) => {
      const { inventory, links } = world('prod-eu');
      const every = inventory.gcp.serviceAccounts
        .filter(({ project, disabled }) => project === PROJECT && !disabled)
        .map(({ email }) => email);
      const found = links
        .filter((link) => link.serviceAccount === serviceAccount && link.state === 'possible')
        .map(({ identity }) => identity);
      expect(found.sort()).toEqual([...(gsas === '*' ? every : gsas)].sort());
    },
  );

  it.each(expected.nodePools ?? [])('pods of $cluster/$nodePool', ({ cluster, nodePool, workloadIdentity, actsAs }) => {
    const found = nodePoolIdentities(world('prod-eu').inventory).find(
      (one) => one.cluster.name === cluster && one.nodePool.name === nodePool,
    );
    expect(found?.workloadIdentity).toBe(workloadIdentity);
    if (actsAs !== undefined) expect(found?.nodeAccount).toBe(actsAs);
  });

  it.each(expected.chains ?? [])('$from → $to', ({ from, to, accessToken, openIdToken, actAs }) => {
    const { inventory } = world('prod-eu');
    const found = gcpAssume(inventory, { from, to });
    expect(found).toMatchObject({ allowed: accessToken });
    const may = (action: string): unknown => {
      const answer = gcpReview(inventory, { provider: 'gcp', identity: from, action: `iam.serviceAccounts.${action}`, resource: to });
      return 'decision' in answer ? answer.decision : answer.error;
    };
    if (openIdToken !== undefined) expect(may('getOpenIdToken')).toBe('Allowed');
    if (actAs !== undefined) expect([may('actAs'), 'code' in found ? found.code : '']).toEqual(['Allowed', 'act-as']);
  });

  it.each(expected.direct ?? [])(
    '$serviceAccount has $role on $resource: $allowed',
    ({ serviceAccount, role, resource, allowed, shadowedBy }) => {
      const { inventory } = world('prod-eu');
      const answer = gcpReview(inventory, { provider: 'gcp', identity: serviceAccount, action: role, resource });
      expect(answer).toMatchObject({ decision: allowed ? 'Allowed' : 'ImplicitlyDenied' });
      const annotated = inventory.kubernetes.serviceAccounts.some(
        ({ namespace, name, annotations }) => `${namespace}/${name}` === serviceAccount && annotations.size > 0,
      );
      if (shadowedBy === 'annotation') expect(annotated).toBe(true);
    },
  );

  it.each(expected.findings ?? [])('finding $code on $resource', ({ code, resource, member }) => {
    const found = gcpWarnings(world('prod-eu').inventory).filter((warning) => warning.code === code && warning.resource === resource);
    expect(found).toHaveLength(1);
    if (member !== undefined) expect(found[0]?.member).toBe(member);
  });
});
