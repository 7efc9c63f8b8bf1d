import type { InventoryBuilder } from '../../inventory/builder.ts';
import type { Slots } from '../slots.ts';
import type { AwsAnswer, AwsCall, AwsConnection, AwsOutcome } from './client.ts';
import type { GapBook } from './gap-book.ts';
import type { NamedResources } from './named-resources.ts';
import { AWS_OPERATIONS, type AwsOperation } from './operations.ts';

/** What every account of one collection shares. */
export interface Run {
  readonly builder: InventoryBuilder;
  readonly slots: Slots;
  readonly book: GapBook;
  readonly named: NamedResources;
  /** Told of every answer. */
  readonly answered: (account: string) => void;
}

export interface Reading extends AwsCall {
  /** What the call is about, for gaps and for the path rules of answers that do not say it themselves. */
  readonly about?: string;
  /** Codes by which AWS says that there is nothing, which is an answer and no gap. */
  readonly nothing?: readonly string[];
  /** See `Failure.instead`. */
  readonly instead?: string;
}

/** One account that is read, by one caller. */
export interface Account {
  readonly id: string;
  /** ARN of the caller. */
  readonly caller: string;
  readonly run: Run;
  readonly connection: AwsConnection;
}

/** Calls once a place is free. Failures are for the caller of this. */
export async function ask(account: Account, call: AwsCall): Promise<AwsOutcome> {
  const outcome = await account.run.slots(() => account.connection.call(call));
  account.run.answered(account.id);
  return outcome;
}

/** The answer, or undefined where there is none; why is in the book then, unless it is one of `nothing`. */
export async function read(account: Account, reading: Reading): Promise<AwsAnswer | undefined> {
  const { about: _about, nothing = [], instead: _instead, ...call } = reading;
  const { answer, fault } = await ask(account, call);
  if (fault === undefined) return answer;
  if (!nothing.includes(fault.code)) fail(account, reading, fault);
  return undefined;
}

/** Notes that a call gave nothing. */
export function fail(account: Account, { operation, region, about, instead }: Reading, fault: NonNullable<AwsOutcome['fault']>): void {
  const { id, caller, run } = account;
  run.book.add({
    operation,
    account: id,
    caller,
    fault,
    ...(region === undefined ? {} : { region }),
    ...(about === undefined ? {} : { about }),
    ...(instead === undefined ? {} : { instead }),
  });
}

/** Hands an answer on exactly as if the `aws` command had printed it to `ACCOUNT/COMMAND/RESOURCE.json`. */
export function keep(account: Account, operation: AwsOperation, answer: AwsAnswer, resource?: string): void {
  const { command } = AWS_OPERATIONS[operation];
  const file = ['aws', account.id, command, ...(resource === undefined ? [] : [resource])].join('/');
  account.run.builder.addAwsAnswer(answer, { file, account: account.id, command, ...(resource === undefined ? {} : { resource }) });
}

/** Reads and keeps one answer. */
export async function readAndKeep(account: Account, reading: Reading): Promise<AwsAnswer | undefined> {
  const answer = await read(account, reading);
  if (answer !== undefined) keep(account, reading.operation, answer, reading.about);
  return answer;
}

/** Hands on that there is nothing, as the API's own error says it. */
export function keepNothing(account: Account, operation: AwsOperation, code: string, resource?: string): void {
  keep(account, operation, { Error: { Code: code } }, resource);
}
