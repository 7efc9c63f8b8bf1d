import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessibility.ts';

const BINDING = JSON.stringify({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'oops' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', namespace: 'storefront', name: 'web' }],
});
const CHANGES = 'Changes or manifests, YAML or JSON';
const STARTED = 'pod:argocd/argocd-application-controller-0';

test('a manifest that opens a way is told with its way and evidence', async ({ page }) => {
  await page.goto('/changes');
  await expectAccessible(page);
  await page.getByLabel(CHANGES).fill(BINDING);
  await page.getByRole('button', { name: 'Try them' }).press('Enter');
  await expect(page.getByRole('status', { name: 'What would change' })).toContainText(/Opens \d+ ways to crown jewels/);
  await expect(page.getByRole('button', { name: 'Try them' })).toBeFocused();
  const opened = page.getByRole('list', { name: 'Ways that open', exact: true });
  await expect(opened).toContainText('storefront/web');
  await opened
    .getByText(/Way in \d+ hops?, with evidence/)
    .first()
    .click();
  await expect(opened).toContainText('ClusterRoleBinding');
  await expectAccessible(page);
});

test('what cannot be tried is refused with its place, and what to do', async ({ page }) => {
  await page.goto('/changes');
  await page.getByLabel(CHANGES).fill('change: delete\ntarget: { kind: RoleBinding, namespace: storefront, name: none }');
  await page.getByRole('button', { name: 'Try them' }).click();
  await expect(page.getByRole('alert').first()).toContainText(
    'RoleBinding storefront/none is not in the data; check kind, namespace and name',
  );
});

test('what contains a pod is told with commands, and can be tried', async ({ page }) => {
  await page.goto(`/respond?from=${encodeURIComponent(STARTED)}`);
  const contain = page.getByRole('region', { name: 'Contain it' });
  await expect(contain.getByRole('list', { name: 'Changes that contain it' }).getByRole('listitem').first()).toContainText(
    /kubectl|template/,
  );
  await expect(contain).toContainText('What it still reaches then:');
  await expectAccessible(page);
  await contain.getByRole('link', { name: 'Try these' }).click();
  await expect(page).toHaveURL(/\/changes\?change=/);
  await page.getByRole('button', { name: 'Try them' }).click();
  await expect(page.getByRole('list', { name: 'Ways that close', exact: true })).toContainText('argocd-application-controller');
  await expect(page.getByRole('list', { name: 'Ways that open', exact: true })).toHaveCount(0);
  await expectAccessible(page);
});

test('a node that is marked as a crown jewel is one until the mark is taken away', async ({ page }) => {
  await page.goto('/graph?select=secret%3Apayments%2Fpayment-gateway');
  const panel = page.getByRole('article');
  await panel.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Mark as crown jewel' }).click();
  await expect(panel.getByText('Crown jewel', { exact: true })).toBeVisible();
  await page.reload();
  await expect(panel.getByText('Crown jewel', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'No crown jewel any more' }).click();
  await expect(panel.getByText('Crown jewel', { exact: true })).toHaveCount(0);
});
