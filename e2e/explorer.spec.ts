import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';

const WEB = 'pod:storefront/web-626xddnhn-lqdkb';
const ROLE = 'aws-role:arn:aws:iam::210987654321:role/fernwood-payments-worker';
const explorer = (query: Record<string, string> = {}): string => `/graph?${new URLSearchParams(query)}`;

const canvas = (page: Page) => page.getByRole('application', { name: /^Graph of/ });
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });

test('with nothing selected it shows the riskiest chains, as a picture and as a table', async ({ page }) => {
  await page.goto(explorer());
  await expect(page.getByRole('heading', { level: 1, name: 'Explorer' })).toBeAttached();
  await expect(canvas(page)).toBeVisible();
  await expectAccessible(page);
  await page.goto(explorer({ view: 'table' }));
  await expect(
    page
      .getByRole('table', { name: /^Nodes/ })
      .getByText('cluster admin')
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test('search a pod, select it, and its blast radius lights up to the AWS permissions', async ({ page }) => {
  await page.goto(explorer());
  await expect(canvas(page)).toBeVisible();
  await page.keyboard.press('/');
  const search = page.getByRole('dialog', { name: 'Search' });
  await search.getByRole('combobox').fill('web-626xddnhn-lqdkb');
  await search
    .getByRole('option', { name: /storefront\/web-626xddnhn-lqdkb/ })
    .first()
    .click();
  await expect(page).toHaveURL(/select=pod/);
  await expect(details(page)).toContainText('cloud identit');
  await page.goto(explorer({ select: WEB, view: 'table' }));
  const nodes = page.getByRole('table', { name: /^Nodes/ });
  await expect(nodes).toContainText('fernwood-payments-worker');
  await expect(nodes.getByText(/s3:|kms:|secretsmanager:/).first()).toBeVisible();
  await expectAccessible(page);
});

test('every hop of a path has its evidence and the command that closes it', async ({ page }) => {
  await page.goto(explorer({ from: WEB, to: ROLE, tab: 'path' }));
  const hops = page.getByRole('list', { name: 'Hops' });
  await expect(hops.getByRole('listitem').first()).toBeVisible();
  await expect(hops).toContainText('/spec/volumes/');
  await expect(hops).toContainText('/rules/');
  await expect(hops.getByText(/^kubectl /).first()).toBeVisible();
  await expect(page.getByText(/^\d+ hops/).first()).toBeVisible();
  await expectAccessible(page);
});

test('the ends of a path are chosen with the keyboard, and the focus stays with them', async ({ page }) => {
  await page.goto(explorer({ tab: 'path' }));
  await page.getByRole('combobox', { name: 'From' }).fill('web-626xddnhn-lqdkb');
  await expect(page.getByRole('option', { name: 'storefront/web-626xddnhn-lqdkb' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Clear from' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'From' })).toBeFocused();
});

test('the question can be turned round', async ({ page }) => {
  await page.goto(explorer({ select: ROLE, view: 'table' }));
  await page.getByText('Who can reach this', { exact: true }).click();
  await expect(page).toHaveURL(/direction=reverse/);
  await expect(page.getByRole('table', { name: /^Nodes/ })).toContainText('worker');
});

test('an edge opens its evidence', async ({ page }) => {
  await page.goto(explorer({ select: WEB, view: 'table' }));
  await page
    .getByRole('table', { name: /^Edges/ })
    .getByRole('button', { name: 'Holds a service account token' })
    .first()
    .click();
  await expect(details(page).getByRole('list', { name: 'Evidence' })).toContainText('serviceAccountToken');
});

test('a link shows the same thing to somebody else, and an unknown id is told', async ({ page }) => {
  await page.goto(explorer({ select: WEB, depth: '1', certainty: 'certain' }));
  await expect(page.getByRole('slider', { name: 'Depth' })).toHaveValue('1');
  await page.goto(explorer({ select: 'pod:nowhere/nothing' }));
  await expect(page.getByText(/not in the data/).first()).toBeVisible();
});

test('it works from the keyboard alone', async ({ page }) => {
  await page.goto(explorer({ select: WEB }));
  await expect(canvas(page)).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(new RegExp(`select=${encodeURIComponent(WEB).replaceAll('%', '%')}$`));
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/select=/);
});
