import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createInventoryBuilder, type InventoryBuilder } from '../../../inventory/builder.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import { type AwsOptions, collectAws } from '../collect.ts';

export const SECRET = 'CANARY-secret-access-key';
/** Profile → account of the recorded world. */
const PROFILES = { prod: '111122223333', data: '444455556666', management: '999988887777' } as const;

/** What every test's process has instead of the variables of whoever runs it: three profiles, a region, an endpoint, no instance metadata. */
export function awsEnvironment(endpoint: string): { readonly close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'podreach-aws-'));
  const credentials = Object.entries(PROFILES).map(
    ([profile, account]) => `[${profile}]\naws_access_key_id = AKIA${account}TEST\naws_secret_access_key = ${SECRET}\n`,
  );
  writeFileSync(join(folder, 'credentials'), credentials.join('\n'));
  const variables: Record<string, string | undefined> = {
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CA_BUNDLE: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_PROFILE: undefined,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_ROLE_ARN: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return {
    close: () => {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Collects into a builder of its own, or one that is given. */
export async function tryCollect(options: Omit<AwsOptions, 'builder'> & { readonly builder?: InventoryBuilder }): Promise<Inventory> {
  const builder = options.builder ?? createInventoryBuilder();
  await collectAws({ attempts: 2, ...options, builder });
  return builder.finish({ cluster: 'prod-eu' });
}
