const STEPS: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly seconds: number }[] = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
];

const FORMAT = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * `4 minutes ago`, `in 2 days`; under a minute `just now`. Both are milliseconds since 1970.
 * Rounded down, so that 119 minutes is still one hour.
 */
export function relativeTime(thenMs: number, nowMs: number): string {
  const seconds = Math.abs(nowMs - thenMs) / 1000;
  const step = STEPS.find((candidate) => seconds >= candidate.seconds);
  if (!step) return 'just now';
  const amount = Math.floor(seconds / step.seconds);
  return FORMAT.format(thenMs <= nowMs ? -amount : amount, step.unit);
}

/** `850 ms`, `3.4 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
