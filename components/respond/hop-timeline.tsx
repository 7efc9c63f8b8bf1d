import type { ReachAnswer } from '../../lib/api/contract.ts';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { kindInText } from '../ui/kind-labels.ts';
import { whole } from '../ui/numbers.ts';
import { Section } from '../ui/section.tsx';
import { tellingKinds } from './telling-kinds.ts';

const KINDS_SHOWN = 5;

type Hop = ReachAnswer['byHop'][number];

interface HopTimelineProps {
  readonly byHop: readonly Hop[];
  /** The hop that the table shows now. */
  readonly hop: number | null;
  readonly onHop: (hop: number | null) => void;
}

function HopBar({ hop, most }: { hop: Hop; most: number }) {
  const width = (count: number) => ({ width: `${(count / Math.max(1, most)) * 100}%` });
  return (
    <span aria-hidden="true" className="mt-1.5 flex h-1.5 overflow-hidden rounded-full bg-sunken print:border print:border-line">
      <span className="h-full min-w-0.5 bg-accent" style={width(hop.certain)} />
      <span className="h-full bg-accent/40" style={width(hop.total - hop.certain)} />
    </span>
  );
}

function HopItem({ hop, most, on, onHop }: { hop: Hop; most: number; on: boolean; onHop: HopTimelineProps['onHop'] }) {
  const possible = hop.total - hop.certain;
  const { shown, others } = tellingKinds(hop.byKind, KINDS_SHOWN);
  return (
    <li className="relative pl-9">
      <span aria-hidden="true" className="absolute top-0 bottom-0 left-[1.6875rem] w-px bg-line" />
      <span
        aria-hidden="true"
        className="absolute top-2.5 left-4 flex size-6 items-center justify-center rounded-full border border-line-strong bg-surface font-semibold text-xs"
      >
        {hop.hops}
      </span>
      <button
        type="button"
        aria-pressed={on}
        aria-label={`Hop ${hop.hops}: ${hop.total} reached, ${hop.certain} certain. Show only these`}
        onClick={() => onHop(on ? null : hop.hops)}
        className="ml-2 block w-[calc(100%-1rem)] rounded-lg px-2.5 py-2 text-left transition-colors hover:bg-sunken/60 aria-pressed:bg-accent-soft"
      >
        <span className="flex items-baseline gap-2">
          <span className="font-semibold">{whole(hop.total)}</span>
          <span className="text-muted text-xs">
            {possible === 0 ? 'all certain' : `${whole(hop.certain)} certain, ${whole(possible)} conditional`}
          </span>
        </span>
        <HopBar hop={hop} most={most} />
        <span className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs">
          {shown.map(({ kind, count }) => (
            <span key={kind} className="inline-flex items-center gap-1">
              <KindIcon kind={kind} size={14} />
              {whole(count)} {kindInText(kind, count)}
            </span>
          ))}
          {others > 0 && <span>and {whole(others)} others</span>}
        </span>
      </button>
    </li>
  );
}

/** What falls first, and how surely: one entry per hop; choosing one narrows the table to it. */
export function HopTimeline({ byHop, hop, onHop }: HopTimelineProps) {
  const most = Math.max(0, ...byHop.map((one) => one.total));
  return (
    <Section flush title="What falls first" hint="Hops from what is compromised">
      <ol aria-label="Reached by hop" className="max-h-[34rem] overflow-auto pb-3 print:max-h-none">
        {byHop.map((one) => (
          <HopItem key={one.hops} hop={one} most={most} on={hop === one.hops} onHop={onHop} />
        ))}
      </ol>
    </Section>
  );
}
