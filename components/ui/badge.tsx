export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'danger';

const TONES: Record<Tone, string> = {
  neutral: 'text-muted bg-sunken border-line',
  accent: 'text-accent bg-accent-soft border-transparent',
  good: 'text-good bg-good-soft border-transparent',
  warning: 'text-medium bg-medium-soft border-transparent',
  danger: 'text-critical bg-critical-soft border-transparent',
};

/** A short word about something; not a control. */
export function Badge({ tone = 'neutral', children, title }: { tone?: Tone; children: React.ReactNode; title?: string }) {
  return (
    <span
      title={title}
      className={`inline-flex items-center gap-1 whitespace-nowrap rounded-md border px-1.5 py-px text-xs font-medium ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
