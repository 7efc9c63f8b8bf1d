import { existsSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import { readSnapshot, readSnapshotInto } from '../snapshot/read.ts';
import { accountsOf, graphOf } from './testing/compare.ts';
import { awsEnvironment, tryCollect } from './testing/try-collect.ts';

const CORPUS = '/work/shared/corpus/prod-eu';
/** The local AWS API of shared/tools/aws-api, loaded with the accounts of the corpus. */
const ENDPOINT = process.env.TEST_AWS_ENDPOINT_URL ?? '';

let environment: ReturnType<typeof awsEnvironment> | undefined;
afterEach(() => environment?.close());

test.skipIf(ENDPOINT === '' || !existsSync(CORPUS))('the accounts of TEST_AWS_ENDPOINT_URL give what their files give', async () => {
  environment = awsEnvironment(ENDPOINT);
  const builder = createInventoryBuilder();
  await readSnapshotInto(builder, `${CORPUS}/kubernetes`);
  const live = await tryCollect({ builder, profiles: ['prod', 'data', 'management'] });
  const files = await readSnapshot(CORPUS, { cluster: 'prod-eu' });
  expect(live.gaps).toEqual(files.gaps);
  expect(accountsOf(live)).toEqual(accountsOf(files));
  expect(graphOf(live)).toEqual(graphOf(files));
});
