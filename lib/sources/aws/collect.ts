import { setMaxListeners } from 'node:events';
import type { CloudOptions } from '../cloud-options.ts';
import { createSlots } from '../slots.ts';
import { SourceError } from '../source-error.ts';
import type { Account, Run } from './account.ts';
import { type AwsIdentity, openAws } from './client.ts';
import { createGapBook } from './gap-book.ts';
import { identify, type Refusal } from './identify.ts';
import { createNamedResources } from './named-resources.ts';
import { readEks } from './read-eks.ts';
import { readIam } from './read-iam.ts';
import { readInstances, readRepositories } from './read-nodes.ts';
import { readOrganizations } from './read-organization.ts';
import { readResourcePolicies } from './read-resource-policies.ts';

export interface AwsOptions extends CloudOptions {
  /** Profiles of the shared configuration files, each an account to read. */
  readonly profiles?: readonly string[];
  /** Roles to assume, each an account to read, with the credentials of the first profile, else of the default chain. */
  readonly roles?: readonly string[];
  /** Regions whose clusters and nodes are read, besides the one that the credentials come with. */
  readonly regions?: readonly string[];
  /** Milliseconds until the collection ends with what it has; 10 minutes unless said otherwise. */
  readonly deadlineMs?: number;
  /** How often a call is tried before it counts as failed; 8 unless said otherwise. */
  readonly attempts?: number;
}

const DEADLINE_MS = 600_000;
const ATTEMPTS = 8;
/** Enough to hide round trips, few enough for the rates that IAM and Organizations allow. */
const AT_ONCE = 8;

/**
 * Reads AWS accounts live into `builder`, in the very words of the `aws` command, so that a snapshot gives the same inventory. Without
 * profiles and roles it is the account of the default credential chain. What may not or cannot be read, or is cut off by the deadline, is a
 * gap. Throws SourceError where no account could be opened at all, and the signal's reason on an abort.
 */
export async function collectAws(options: AwsOptions): Promise<void> {
  const stop = new AbortController();
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(deadlineMs), ...(options.signal === undefined ? [] : [options.signal])]);
  // Every call listens to it; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  const run = startRun(options);
  const client = { signal, attempts: options.attempts ?? ATTEMPTS, env: options.env ?? process.env };
  const opened = await Promise.all(
    identitiesOf(options).map(async (identity) => ({ identity, connection: await openAws(identity, client) })),
  );
  try {
    const { accounts, refusals } = await identify(run, opened);
    options.signal?.throwIfAborted();
    if (accounts.length === 0) throw nothingOpened(refusals);
    for (const { gap } of refusals) options.builder.addGap(gap);
    await readAccounts(run, accounts, options.regions ?? []);
    options.signal?.throwIfAborted();
    run.book.tell(options.builder, `the deadline of ${deadlineMs / 1000} s passed`);
    for (const { id } of accounts) run.finished(id);
  } finally {
    stop.abort();
    for (const { connection } of opened) connection.close();
  }
}

function startRun({ builder, onProgress }: AwsOptions): Run & { readonly finished: (account: string) => void } {
  const counts = new Map<string, number>();
  const tell = (account: string, added: number, done: boolean): void => {
    const count = (counts.get(account) ?? 0) + added;
    counts.set(account, count);
    onProgress?.({ what: `AWS account ${account}`, count, done });
  };
  return {
    builder,
    slots: createSlots(AT_ONCE),
    book: createGapBook(),
    named: createNamedResources(),
    answered: (account) => tell(account, 1, false),
    finished: (account) => tell(account, 0, true),
  };
}

function identitiesOf({ profiles = [], roles = [] }: AwsOptions): AwsIdentity[] {
  if (profiles.length === 0 && roles.length === 0) return [{}];
  const [base] = profiles;
  return [
    ...[...new Set(profiles)].map((profile) => ({ profile })),
    ...[...new Set(roles)].map((roleArn) => ({ roleArn, ...(base === undefined ? {} : { profile: base }) })),
  ];
}

async function readAccounts(run: Run, accounts: readonly Account[], regions: readonly string[]): Promise<void> {
  await Promise.all([
    readOrganizations(accounts),
    ...accounts.map((account) => readIam(account)),
    ...accounts.flatMap((account) => regionsOf(account, regions).map((region) => readRegion(account, region))),
  ]);
  // Only now is it known which resources the policies name.
  await readResourcePolicies(run, accounts);
}

function regionsOf({ connection, id, run }: Account, regions: readonly string[]): string[] {
  const all = [...new Set([...(connection.region === undefined ? [] : [connection.region]), ...regions])];
  if (all.length === 0) run.builder.addGap(noRegionGap(id));
  return all;
}

async function readRegion(account: Account, region: string): Promise<void> {
  await Promise.all([
    readEks(account, region).then((clusters) => readInstances(account, region, clusters)),
    readRepositories(account, region),
  ]);
}

function noRegionGap(account: string): Parameters<Run['builder']['addGap']>[0] {
  return {
    source: 'aws',
    what: `eks clusters of account ${account}`,
    where: account,
    why: 'neither an option nor AWS_REGION nor the profile says which region the clusters are in',
    remedy: 'name it with --aws-region, or set AWS_REGION',
  };
}

function nothingOpened(refusals: readonly Refusal[]): SourceError {
  const [{ gap, retryable } = { gap: { why: 'no account was asked for', remedy: 'name a profile or a role' }, retryable: false }] =
    refusals;
  return new SourceError(`${gap.why}; ${gap.remedy}`, { source: 'aws', operation: 'sts:GetCallerIdentity', retryable });
}
