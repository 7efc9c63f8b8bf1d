'use client';
import type { Assumer, Bounded, IdentityDetail } from '../../lib/api/identities-contract.ts';
import { Name } from '../ui/name.tsx';
import { NodeLabel } from '../ui/node-label.tsx';
import { explorerHref } from '../ui/node-name.ts';
import { Prose } from '../ui/prose.tsx';
import { StateMark } from './state-mark.tsx';

const SHOWN = 8;

const GROUPS: readonly { readonly id: keyof IdentityDetail['assumedBy']; readonly title: string }[] = [
  { id: 'serviceAccounts', title: 'Service accounts' },
  { id: 'identities', title: 'Other cloud identities' },
  { id: 'people', title: 'People and accounts' },
  { id: 'services', title: 'Services of the cloud' },
  { id: 'elsewhere', title: 'Other clouds and identity providers' },
];

/** Who may act as an identity, by what they are. */
export function AssumedBy({ assumedBy, onAccount }: { assumedBy: IdentityDetail['assumedBy']; onAccount?: (account: string) => void }) {
  const groups = GROUPS.filter(({ id }) => assumedBy[id].total > 0);
  if (groups.length === 0) return <p className="text-muted text-xs">Nobody that was read.</p>;
  return (
    <div className="space-y-3">
      {groups.map(({ id, title }) => (
        <Group key={id} title={title} list={assumedBy[id]} {...(id === 'serviceAccounts' && onAccount ? { onChoose: onAccount } : {})} />
      ))}
    </div>
  );
}

function Group({ title, list, onChoose }: { title: string; list: Bounded<Assumer>; onChoose?: (name: string) => void }) {
  const rest = list.items.slice(SHOWN);
  return (
    <section>
      <h4 className="mb-1 font-medium text-muted text-xs">
        {title} <span className="tabular-nums">({list.total})</span>
      </h4>
      <Rows items={list.items.slice(0, SHOWN)} onChoose={onChoose} />
      {rest.length > 0 && (
        <details className="mt-1">
          <summary className="min-h-6 cursor-pointer text-muted text-xs">
            {rest.length} more{list.total > list.items.length ? ` of ${list.total - SHOWN}` : ''}
          </summary>
          <Rows items={rest} onChoose={onChoose} />
        </details>
      )}
    </section>
  );
}

function Rows({ items, onChoose }: { items: readonly Assumer[]; onChoose: ((name: string) => void) | undefined }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes in place
        <li key={`${item.name} ${index}`} className="flex min-w-0 flex-wrap items-center gap-x-2 px-2.5 py-1.5 text-xs">
          {item.state !== undefined && <StateMark state={item.state} size={15} />}
          <span className="flex w-52 min-w-0 max-w-full shrink-0">
            <Who item={item} onChoose={onChoose} />
          </span>
          <span className="min-w-0 flex-1 basis-64 break-words text-muted">
            <Prose>{item.says}</Prose>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Who({ item, onChoose }: { item: Assumer; onChoose: ((name: string) => void) | undefined }) {
  if (onChoose !== undefined)
    return (
      <button
        type="button"
        onClick={() => onChoose(item.name)}
        className="min-w-0 max-w-full truncate rounded-sm font-mono hover:underline"
      >
        <span className="sr-only">Why: </span>
        {item.name}
      </button>
    );
  if (item.node !== undefined) return <NodeLabel node={item.node} href={explorerHref(item.node.id)} size={16} />;
  return <Name className="max-w-full">{item.name}</Name>;
}
