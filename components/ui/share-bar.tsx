type Tone = 'accent' | 'critical' | 'high';

const FILLS: Record<Tone, string> = { accent: 'bg-accent', critical: 'bg-critical', high: 'bg-high' };

/** A part of a whole as a thin bar, what is only conditional paler behind it; decorative, the numbers stand beside it. */
export function ShareBar({ count, maybe = 0, of, tone = 'accent' }: { count: number; maybe?: number; of: number; tone?: Tone }) {
  const width = (part: number) => ({ width: `${of === 0 ? 0 : Math.min(100, (part / of) * 100)}%` });
  return (
    <div aria-hidden="true" className="flex h-1.5 overflow-hidden rounded-full bg-sunken print:border print:border-line">
      {count > 0 && <div className={`h-full min-w-1 ${FILLS[tone]}`} style={width(count)} />}
      {maybe > 0 && <div className={`h-full min-w-1 opacity-40 ${FILLS[tone]}`} style={width(maybe)} />}
    </div>
  );
}
