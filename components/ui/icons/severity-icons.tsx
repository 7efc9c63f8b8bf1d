import type { Severity } from '../severity-words.ts';

/** Each severity has a shape of its own: a full octagon, a full triangle, a half-full square, a ring, a dash. */
const SHAPES: Record<Severity, React.ReactNode> = {
  critical: <path d="M5 .8h6L15.200 5v6L11 15.200H5L.8 11V5z" fill="currentColor" />,
  high: <path d="M8 1.200 15.400 14.500H.6z" fill="currentColor" />,
  medium: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M2 8h12v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z" fill="currentColor" />
    </>
  ),
  low: <circle cx="8" cy="8" r="5.500" fill="none" stroke="currentColor" strokeWidth="2.200" />,
  none: <path d="M3 8h10" fill="none" stroke="currentColor" strokeWidth="2.400" strokeLinecap="round" />,
};

export function SeverityIcon({ severity, size = 12 }: { severity: Severity; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className="shrink-0">
      {SHAPES[severity]}
    </svg>
  );
}
