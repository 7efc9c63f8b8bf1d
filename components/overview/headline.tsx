import Link from 'next/link';
import type { Overview } from '../../lib/api/contract.ts';
import { percent, whole } from '../ui/numbers.ts';
import { sentenceCase } from '../ui/sentence-case.ts';
import { ShareBar } from '../ui/share-bar.tsx';

type Share = Overview['shares'][number];

const TONES: Record<Share['id'], 'critical' | 'high'> = {
  'cluster-admin': 'critical',
  'cloud-admin': 'critical',
  node: 'high',
  'cloud-role': 'high',
  'secrets-beyond-own': 'high',
  internet: 'high',
};

function ShareTile({ share }: { share: Share }) {
  const label = sentenceCase(share.label);
  const total = share.count + share.conditional;
  const also = share.conditional === 0 ? '' : `, ${whole(share.conditional)} of them conditionally`;
  return (
    <li className="min-w-0 bg-surface">
      <Link
        prefetch={false}
        href={share.href}
        aria-label={`${label}: ${whole(total)} of ${whole(share.of)} workloads${also}`}
        className="block h-full px-4 py-3.5 transition-colors hover:bg-sunken/60 focus-visible:-outline-offset-2"
      >
        <span className="block text-muted text-xs md:truncate" title={label}>
          {label}
        </span>
        <span className="mt-1 mb-2 flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold text-2xl tracking-tight">{whole(total)}</span>
          <span className="whitespace-nowrap text-muted text-xs">
            of {whole(share.of)} · {percent(total, share.of)}
          </span>
          {share.conditional > 0 && <span className="whitespace-nowrap text-faint text-xs">{whole(share.conditional)} conditional</span>}
        </span>
        <ShareBar count={share.count} maybe={share.conditional} of={share.of} tone={TONES[share.id]} />
      </Link>
    </li>
  );
}

/** The state of the cluster in one sentence, and the shares behind it; each leads to its list. */
export function Headline({ sentence, shares }: { sentence: string; shares: readonly Share[] }) {
  return (
    <>
      <p className="mb-5 max-w-4xl text-balance font-semibold text-xl tracking-tight md:text-2xl print:mb-2 print:text-base">{sentence}</p>
      <ul
        aria-label="Shares of workloads"
        className="mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line md:grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] print:mb-3 print:grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] max-md:[&>li:last-child:nth-child(odd)]:col-span-2 print:[&>li:last-child:nth-child(odd)]:col-span-1"
      >
        {shares.map((share) => (
          <ShareTile key={share.id} share={share} />
        ))}
      </ul>
    </>
  );
}
