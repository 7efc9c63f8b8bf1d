import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';
import { DEMO_WORKLOADS } from './demo-size.ts';

test('the overview says how bad it is, and every number is the length of the list behind it', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByText(new RegExp(`of ${DEMO_WORKLOADS} workloads reach cluster admin`))).toBeVisible();
  const shares = page.getByRole('list', { name: 'Shares of workloads' }).getByRole('link');
  await expect(shares).toHaveCount(5);
  await expectAccessible(page);
  const name = (await shares.first().getAttribute('aria-label')) ?? '';
  const count = Number(new RegExp(`: (\\d+) of ${DEMO_WORKLOADS} workloads`).exec(name)?.[1]);
  expect(count).toBeGreaterThan(3);
  await shares.first().click();
  await expect(page.getByRole('heading', { level: 1, name: /Workloads that reach/ })).toBeVisible();
  const answer = await page.request.get('/api/v1/workloads?reaches=cluster-admin');
  expect((await answer.json()).total).toBe(count);
  await expectAccessible(page);
});

test('the riskiest workload leads to what falls with it', async ({ page }) => {
  await page.goto('/');
  const riskiest = page.getByRole('list', { name: 'Riskiest workloads' }).getByRole('listitem').first();
  await expect(riskiest).toContainText('Critical');
  await riskiest.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/graph\?select=/);
  await expect(page.getByText(/cluster admin in \d+ hops/i).first()).toBeVisible();
});

test('a fix comes with the command and what it closes', async ({ page }) => {
  await page.goto('/');
  const fixes = page.getByRole('list', { name: 'Fix first' });
  await expect(fixes.getByRole('listitem').first()).toContainText(/closes \d+ workload/);
  await expect(fixes.getByText(/kubectl|aws /).first()).toBeVisible();
});
