import { HEATS } from './palette.ts';

/** What the colours and lines say; small, out of the way. */
export function GraphLegend({ lit, direction }: { lit: boolean; direction: 'forward' | 'reverse' }) {
  const scale = direction === 'forward' ? 'heat' : 'cool';
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute bottom-2 left-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line bg-surface/90 px-2.5 py-1.5 text-[11px] text-muted max-md:hidden"
    >
      {lit && (
        <span className="flex items-center gap-1.5">
          Hops
          {Array.from({ length: HEATS }, (_, hop) => (
            <span
              key={`hop ${String(hop)}`}
              className="inline-flex h-4 min-w-4 items-center justify-center rounded-full px-1 text-[10px] font-semibold"
              style={{ background: `var(--graph-${scale}-${hop})`, color: 'var(--graph-on-heat)' }}
            >
              {hop === HEATS - 1 ? `${hop}+` : hop}
            </span>
          ))}
        </span>
      )}
      <LineSample label="certain" dash="" colour="var(--graph-text-soft)" />
      <LineSample label="conditional" dash="5 3" colour="var(--graph-text-soft)" />
      <LineSample label="broken link" dash="2 3" colour="var(--graph-broken)" />
    </div>
  );
}

function LineSample({ label, dash, colour }: { label: string; dash: string; colour: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg width="20" height="6" viewBox="0 0 20 6" role="presentation">
        <path d="M0 3h20" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
      </svg>
      {label}
    </span>
  );
}
