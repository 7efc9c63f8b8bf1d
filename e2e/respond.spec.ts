import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';

const ARGO = 'pod:argocd/argocd-application-controller-0';
const WEB = 'pod:storefront/web-626xddnhn-lqdkb';

test('a responder types a name, marks the pod and reads the verdict', async ({ page }) => {
  await page.goto('/respond');
  await page.getByRole('combobox', { name: 'What is compromised?' }).fill('web-626xddnhn');
  await page.getByRole('listbox', { name: 'Matches' }).getByRole('option').first().click();
  await expect(page).toHaveURL(/from=pod/);
  await expect(page.getByRole('status', { name: 'Verdict' })).toContainText(/secrets|cloud identit/);
  await expect(page.getByRole('list', { name: 'Compromised' })).toContainText('storefront/web-626xddnhn');
});

test('what falls is told by hop and in a table that can be narrowed', async ({ page }) => {
  await page.goto(`/respond?from=${encodeURIComponent(WEB)}`);
  await expect(page.getByRole('list', { name: 'Reached by hop' }).getByRole('button', { name: /^Hop 1:/ })).toBeVisible();
  const table = page.getByRole('table', { name: 'Everything reached' });
  await expect(table.getByText('web', { exact: true }).first()).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('list', { name: 'What falls' })
    .getByRole('button', { name: /Secrets: \d+/i })
    .click();
  await expect(page).toHaveURL(/kind=secret/);
  await expect(table).toContainText('payment-gateway');
});

test('the record of an incident says what contains it, with commands', async ({ page }) => {
  await page.goto(`/respond?from=${encodeURIComponent(ARGO)}`);
  const contain = page.getByRole('region', { name: 'Contain it' });
  const first = contain.getByRole('list', { name: 'Changes that contain it' }).getByRole('listitem').first();
  const command =
    (await first
      .locator('code, pre')
      .filter({ hasText: /^kubectl / })
      .first()
      .textContent()) ?? '';
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Markdown', exact: true }).click();
  const record = await readFile(await (await download).path(), 'utf8');
  expect(record).toContain('\n## Contain it\n');
  expect(record).toContain(`\n\`\`\`sh\n${command}`);
  expect(record).toContain('\nWhat it still reaches then: **');
});

test('an unknown id is told, not a crash', async ({ page }) => {
  await page.goto('/respond?from=pod:nowhere/nothing');
  await expect(page.getByRole('alert').first()).toContainText('not in the data');
});
