/** How far something is, of `total`; without a total it says only that it goes on. */
export function ProgressBar({ label, value, total }: { label: string; value: number; total?: number | undefined }) {
  const share = total === undefined || total === 0 ? undefined : Math.min(1, value / total);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={share === undefined ? undefined : Math.min(value, total ?? value)}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={`h-full rounded-full bg-accent ${share === undefined ? 'w-1/3 animate-pulse motion-reduce:animate-none' : ''}`}
        style={share === undefined ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
