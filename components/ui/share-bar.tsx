/** A part of a whole as a thin bar; decorative, the numbers stand beside it. */
export function ShareBar({ count, of, tone = 'accent' }: { count: number; of: number; tone?: 'accent' | 'critical' | 'high' }) {
  const share = of === 0 ? 0 : Math.min(1, count / of);
  const fill = { accent: 'bg-accent', critical: 'bg-critical', high: 'bg-high' }[tone];
  return (
    <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunken print:border print:border-line">
      <div className={`h-full rounded-full ${fill} ${count > 0 ? 'min-w-1' : ''}`} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
