import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';

const isPhone = (project: string): boolean => project === 'phone';
const BROKEN = '/identities?state=broken';
const ORDER_SYNC = 'arn:aws:iam::210987654321:role/fernwood-order-sync';

test('the matrix shows which service account is wired to which identity, in all three clouds', async ({ page }, { project }) => {
  await page.goto('/identities');
  await expect(page.getByRole('heading', { level: 1, name: 'Cloud identities' })).toBeVisible();
  if (isPhone(project.name)) {
    await expect(page.getByRole('table', { name: 'Links between service accounts and cloud identities' })).toContainText('Broken');
  } else {
    const grid = page.getByRole('grid', { name: 'Service accounts and cloud identities' });
    await expect(grid.getByRole('gridcell', { name: /^payments\/worker and fernwood-payments-worker: Wired \(exact\)/ })).toBeVisible();
    await expect(grid.getByRole('columnheader', { name: /, AWS/ }).first()).toBeVisible();
  }
  const answer = await (await page.request.get('/api/v1/identities')).json();
  expect(answer.providers).toEqual(['aws', 'gcp', 'azure']);
  await expectAccessible(page);
});

test('arrow keys move in the matrix and Enter opens what is marked', async ({ page }, { project }) => {
  test.skip(isPhone(project.name), 'a telephone gets the list');
  await page.goto('/identities?state=wired');
  const grid = page.getByRole('grid', { name: 'Service accounts and cloud identities' });
  await expect(grid.getByRole('gridcell', { name: /Wired/ }).first()).toBeVisible();
  await grid.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL(/account=/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(grid).toBeFocused();
});

test('a broken link says what fails first and the command that mends it', async ({ page }) => {
  await page.goto(`${BROKEN}&account=orders%2Forder-sync&identity=${encodeURIComponent(ORDER_SYNC)}`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status', { name: 'Verdict' })).toContainText(':sub condition');
  await expect(dialog.getByRole('note', { name: 'What mends it' })).toContainText(
    'aws iam update-assume-role-policy --role-name=fernwood-order-sync',
  );
  await expect(dialog.getByRole('list', { name: 'Steps' }).getByText('Fails first')).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'Evidence' }).first()).toContainText('AwsRole');
  await expectAccessible(page);
});

test('an identity tells who can act as it, and that it is open to the whole cluster', async ({ page }) => {
  await page.goto(`/identities?identity=${encodeURIComponent('arn:aws:iam::210987654321:role/fernwood-metrics-publisher')}`);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('list', { name: 'Warnings' })).toContainText(/service accounts? of this cluster can act as it/);
  await expect(dialog.getByRole('region', { name: 'Who can act as it' })).toContainText('monitoring/cloudwatch-exporter');
  await expect(dialog.getByRole('list', { name: 'Permissions by service' })).toContainText('cloudwatch');
  await expectAccessible(page);
});

test('filters narrow what is shown, stand in the URL, and can be cleared', async ({ page }) => {
  await page.goto('/identities?view=list');
  await page.getByRole('combobox', { name: 'State' }).selectOption('broken');
  await expect(page).toHaveURL(/state=broken/);
  const table = page.getByRole('table', { name: 'Links between service accounts and cloud identities' });
  await expect(table).toContainText('storefront/search-indexer');
  await expect(table).not.toContainText('Wired');
  await page.getByRole('textbox', { name: 'Filter by service account or identity' }).fill('no-such-thing');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(table).toContainText('Wired');
});

test('the side panel of a role says who can act as it', async ({ page }) => {
  await page.goto(`/graph?select=${encodeURIComponent(`aws-role:${ORDER_SYNC}`)}`);
  await expect(page.getByRole('heading', { level: 3, name: 'Who can act as it' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'What it may do, by service' })).toBeVisible();
});
