import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startApiServer } from './api-server/api-server.ts';
import { startApp } from './app-server.ts';
import { DEMO_PODS } from './demo-size.ts';

const demo = path.resolve(import.meta.dirname, '../demo/kubernetes');

test('a live cluster: what may not be listed is a gap with the missing right, the rest is there, and no secret value is asked for', async ({
  page,
}) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'podreach-e2e-'));
  const server = await startApiServer({ snapshotDir: demo, forbid: ({ path: asked }) => asked.includes('/nodes') });
  const kubeconfig = path.join(folder, 'config');
  writeFileSync(kubeconfig, server.kubeconfig());
  const app = await startApp({ PODREACH_KUBECONFIG: kubeconfig });
  try {
    await page.goto(`${app.url}/`);
    await page.getByRole('banner').getByRole('button', { name: /1 gap/ }).click();
    await expect(page.getByRole('dialog', { name: /Coverage/ })).toContainText('list nodes');
    const status = await (await page.request.get(`${app.url}/api/v1/status`)).json();
    expect(status.source.type).toBe('kubernetes');
    expect(status.counts.byKind).toContainEqual({ kind: 'pod', count: DEMO_PODS });
    const secrets = server.requests.filter((request) => request.path.includes('/secrets'));
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(({ headers }) => !String(headers.accept).includes('PartialObjectMetadataList'))).toEqual([]);
    expect(app.log()).not.toMatch(/CANARY|Q0FOQVJZ/);
  } finally {
    await app.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
});
