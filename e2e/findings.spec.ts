import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';

const isPhone = (project: string): boolean => project === 'phone';

test('findings are listed worst first, each with its count', async ({ page }, { project }) => {
  await page.goto('/findings');
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible();
  const list = page.getByRole('list', { name: 'Findings' });
  const first = list.getByRole('listitem').first();
  await expect(first).toContainText('Critical');
  await expect(first).toContainText(/\d+ of \d+ /);
  const answer = await (await page.request.get('/api/v1/findings')).json();
  await expect(list.getByRole('listitem')).toHaveCount(answer.findings.length);
  if (!isPhone(project.name)) await expect(page.getByRole('article')).toBeVisible();
  await expectAccessible(page);
});

test('a finding says why, where, how to mend it and what would have stopped it', async ({ page }) => {
  await page.goto('/findings?finding=cluster-admin-workload');
  const detail = page.getByRole('article', { name: 'Workloads are cluster admin' });
  await expect(detail).toContainText('What to do:');
  await detail.getByRole('button', { name: /^Show evidence and fix of argocd\// }).click();
  await expect(page).toHaveURL(/row=cluster-admin-workload-/);
  await expect(detail.getByRole('list', { name: 'Evidence' })).toContainText('ClusterRoleBinding');
  await expect(detail.getByText(/^kubectl patch clusterrolebinding/)).toBeVisible();
  await detail.getByText('What would have stopped it').click();
  await expect(detail.getByRole('region', { name: 'Object as YAML' }).last()).toContainText('kind: ValidatingAdmissionPolicy');
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await detail.getByRole('button', { name: 'Download YAML' }).last().click();
  expect((await download).suggestedFilename()).toBe('policy-cluster-admin-workload.yaml');
});

test('filters are in the URL and narrow the list', async ({ page }) => {
  await page.goto('/findings');
  const list = page.getByRole('list', { name: 'Findings' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Class' }).selectOption('cloud');
  await expect(page).toHaveURL(/class=cloud/);
  await expect(list.getByRole('listitem').first()).toContainText('Cloud');
  await page.getByRole('combobox', { name: 'Class' }).selectOption('');
  await page.getByRole('textbox', { name: 'Filter by object or text' }).fill('nothing-has-this-name');
  await expect(page.getByText('No finding fits')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(list.getByRole('listitem').first()).toBeVisible();
});

test('the keyboard chooses a finding and opens a row', async ({ page }, { project }) => {
  test.skip(isPhone(project.name), 'a telephone has no keyboard');
  await page.goto('/findings');
  const second = page.getByRole('list', { name: 'Findings' }).getByRole('button').nth(1);
  await second.focus();
  await page.keyboard.press('Enter');
  await expect(second).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/finding=/);
  const article = page.getByRole('article');
  await expect(article.getByRole('heading', { level: 2 })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(second).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(article.getByRole('heading', { level: 2 })).toBeFocused();
  const row = article.getByRole('button', { name: /^Show evidence and fix/ }).first();
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article').getByRole('list', { name: 'Evidence' })).toBeVisible();
});

test('a telephone shows the list, then one finding', async ({ page }, { project }) => {
  test.skip(!isPhone(project.name), 'wide screens show both');
  await page.goto('/findings');
  const list = page.getByRole('list', { name: 'Findings' });
  await list.getByRole('button').first().click();
  await expect(list).toBeHidden();
  await expect(page.getByRole('article')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'All findings' }).click();
  await expect(list).toBeVisible();
});

test('findings are taken away as CSV', async ({ page }) => {
  await page.goto('/findings');
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe('podreach-findings.csv');
});
