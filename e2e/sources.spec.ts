import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { type AppServer, startApp } from './app-server.ts';
import { DEMO_PODS } from './demo-size.ts';

const SERVICE_ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'shop', name: '<img src=x onerror=alert(1)>' } };
const list = (...items: unknown[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

test('the demo is loaded without a gap', async ({ page }) => {
  await page.goto('/sources');
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  await expect(page.getByText('Full coverage', { exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Counts by kind' })).toContainText(String(DEMO_PODS));
  await expectAccessible(page);
});

test.describe('with a snapshot of which one file is broken', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'podreach-e2e-'));
  let app: AppServer;

  test.beforeAll(async () => {
    writeFileSync(path.join(folder, 'serviceaccounts.json'), list(SERVICE_ACCOUNT));
    writeFileSync(
      path.join(folder, 'pods.json'),
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"cut',
    );
    app = await startApp({ PODREACH_SNAPSHOT: folder });
  });

  test.afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  test('the gap is on every page, with what to do', async ({ page }) => {
    for (const at of ['/', '/graph', '/respond', '/sources']) {
      await page.goto(`${app.url}${at}`);
      await expect(page.getByRole('banner').getByRole('button', { name: /^\d+ gaps?$/ }), at).toBeVisible();
    }
    await page
      .getByRole('banner')
      .getByRole('button', { name: /^\d+ gaps?$/ })
      .click();
    await expect(page.getByRole('dialog', { name: /Coverage/ })).toContainText('pods.json');
    await expectAccessible(page);
  });

  test('beside an answer that it could change, the gap takes one line, and opens', async ({ page }) => {
    await page.goto(`${app.url}/graph?select=cluster-admin%3Acluster`);
    const details = page.getByRole('tabpanel', { name: 'Details' });
    await expect(details).toContainText('This answer may be incomplete');
    await expect(details).not.toContainText('pods.json');
    await details.getByRole('button', { name: /^\d+ gaps?$/ }).press('Enter');
    await expect(page.getByRole('dialog', { name: /Coverage/ })).toContainText('pods.json');
  });

  test('a hostile name is text', async ({ page }) => {
    let alerts = 0;
    page.on('dialog', (dialog) => {
      alerts += 1;
      return dialog.dismiss();
    });
    await page.goto(`${app.url}/respond?from=${encodeURIComponent(`sa:shop/${SERVICE_ACCOUNT.metadata.name}`)}`);
    await expect(page.getByRole('list', { name: 'Compromised' })).toContainText('onerror=alert(1)');
    expect(alerts).toBe(0);
  });

  test('a file that is no snapshot is refused with the reason, and the data stays', async ({ page }) => {
    await page.goto(`${app.url}/sources`);
    await page
      .getByLabel('Snapshot file')
      .setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"hello":') });
    await expect(page.getByRole('alert').first()).toContainText('notes.json');
    const status = await (await page.request.get(`${app.url}/api/v1/status`)).json();
    expect([status.state, status.source.type]).toEqual(['ready', 'snapshot']);
  });

  test('a snapshot that is sent replaces the data', async ({ page }) => {
    await page.goto(`${app.url}/sources`);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'sent', name: 'web', uid: 'u' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    };
    await page
      .getByLabel('Snapshot file')
      .setInputFiles({ name: 'sent.json', mimeType: 'application/json', buffer: Buffer.from(list(pod)) });
    await expect(page.getByText('is loaded. Every page now shows it.')).toBeVisible();
    const found = await (await page.request.get(`${app.url}/api/v1/search?q=sent/web`)).json();
    expect(found.nodes[0].id).toBe('pod:sent/web');
  });
});

test('an empty cluster says on every page that nothing was looked at', async ({ page }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'podreach-e2e-'));
  writeFileSync(path.join(folder, 'namespaces.json'), list({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } }));
  const app = await startApp({ PODREACH_SNAPSHOT: folder });
  try {
    for (const [where, says] of [
      ['/', 'No running pods in what was read'],
      ['/workloads?reaches=cluster-admin', 'No running pods in what was read'],
      ['/graph', 'No running pods in what was read'],
      ['/findings', 'Nothing could be checked'],
      ['/identities', 'No service accounts are in what was read.'],
      ['/respond', 'No pods are in what was read'],
    ] as const) {
      await page.goto(app.url + where);
      await expect(page.getByText(says).first(), where).toBeVisible();
      await expectAccessible(page);
    }
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
});
