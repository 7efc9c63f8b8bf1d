import type { InventoryBuilder } from '../../inventory/builder.ts';
import type { Gap } from '../../inventory/gap.ts';
import type { AwsFault } from './fault.ts';
import { AWS_OPERATIONS, type AwsOperation } from './operations.ts';

/** A call that gave nothing, and whose it was. */
export interface Failure {
  readonly operation: AwsOperation;
  readonly account: string;
  readonly region?: string;
  /** ARN of the caller, as GetCallerIdentity says it. */
  readonly caller: string;
  /** What the call was about, where it is about one thing. */
  readonly about?: string;
  readonly fault: AwsFault;
  /** What to do where allowing the action to this caller would not help. */
  readonly instead?: string;
}

interface Entry {
  readonly failure: Failure;
  readonly about: Set<string>;
  count: number;
}

const NAMED = 10;

/** Collects what failed, so that a thousand refusals of one action become one gap. */
export interface GapBook {
  add(failure: Failure): void;
  /** Writes one gap for each action, account, region and cause; whatever was cut short becomes one more, with `ended` as its reason. */
  tell(builder: InventoryBuilder, ended: string): void;
}

export function createGapBook(): GapBook {
  const entries = new Map<string, Entry>();
  return {
    add(failure) {
      const key = JSON.stringify([failure.operation, failure.account, failure.region, failure.fault.kind, failure.fault.code]);
      const entry = entries.get(key) ?? { failure, about: new Set<string>(), count: 0 };
      entries.set(key, entry);
      entry.count += 1;
      if (failure.about !== undefined && entry.about.size < NAMED) entry.about.add(failure.about);
    },
    tell(builder, ended) {
      const all = [...entries.values()];
      for (const entry of all) if (entry.failure.fault.kind !== 'cut') builder.addGap(gapOf(entry));
      const cut = all.filter(({ failure }) => failure.fault.kind === 'cut');
      if (cut.length > 0) builder.addGap(cutGap(cut, ended));
    },
  };
}

function gapOf(entry: Entry): Omit<Gap, 'id'> {
  const { operation, account, region, fault } = entry.failure;
  return {
    source: 'aws',
    what: `${AWS_OPERATIONS[operation].what} of account ${account}${region === undefined ? '' : ` in ${region}`}${aboutOf(entry)}`,
    where: account,
    ...causeOf(entry.failure),
    ...(fault.kind === 'denied' ? { permission: operation } : {}),
  };
}

function aboutOf({ about, count }: Entry): string {
  if (about.size === 0) return '';
  const more = count > about.size ? ` and ${count - about.size} more` : '';
  return ` (${[...about].map((name) => `\`${name}\``).join(', ')}${more})`;
}

function causeOf({ operation, caller, region, fault, instead }: Failure): { readonly why: string; readonly remedy: string } {
  const [service = ''] = operation.split(':');
  switch (fault.kind) {
    case 'denied':
      return {
        why: `AWS refuses \`${caller}\` the action ${operation} (${fault.code})`,
        remedy:
          instead ??
          `allow ${operation} to it, in its policies and in every boundary and service control policy above it; docs/aws-permissions.md has the whole policy`,
      };
    case 'throttled':
      return {
        why: `AWS throttled ${operation} to the end of all tries (${fault.code})`,
        remedy: 'collect again when less else calls this API',
      };
    case 'absent':
      return {
        why: `AWS does not know it, or no longer (${fault.code})`,
        remedy: 'collect again; if it stays, what names it is out of date',
      };
    case 'credentials':
      return {
        why: `AWS does not accept the credentials of \`${caller}\` for ${operation} (${fault.code})`,
        remedy:
          region === undefined
            ? 'sign in again; they may have expired meanwhile'
            : `sign in again, or enable the region ${region} for the account, or leave it out`,
      };
    case 'unreachable':
      return {
        why: `the endpoint of ${service}${region === undefined ? '' : ` in ${region}`} cannot be reached (${fault.code})`,
        remedy: `check the network, AWS_ENDPOINT_URL and the name of the region; where the region has no ${service}, nothing is missing`,
      };
    default:
      return {
        why: `${operation} failed (${fault.code}${fault.status === undefined ? '' : `, status ${fault.status}`})`,
        remedy: 'collect again; if it stays, call it with the `aws` command to see more',
      };
  }
}

function cutGap(cut: readonly Entry[], ended: string): Omit<Gap, 'id'> {
  const whats = [...new Set(cut.map(({ failure }) => `${AWS_OPERATIONS[failure.operation].what} of account ${failure.account}`))].sort();
  return {
    source: 'aws',
    what: whats.join(', '),
    why: `${ended} before they were read; what came before it is kept`,
    remedy: 'collect again with fewer accounts or regions at a time',
  };
}
