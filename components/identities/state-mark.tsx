import type { CloudLink } from '../../lib/api/contract.ts';
import { linkState } from './link-states.ts';

/** Each state has a shape, a letter and a colour of its own, so that none of them is the only signal. */
const SHAPES: Record<
  CloudLink['state'],
  { readonly path: string; readonly tone: string; readonly filled: boolean; readonly dash?: string }
> = {
  wired: { path: 'M10 1.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 1 1 0-17z', tone: 'text-accent', filled: true },
  possible: { path: 'M10 1.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 1 1 0-17z', tone: 'text-high', filled: false, dash: '2.500 2' },
  conditional: { path: 'M10 .5 19.500 10 10 19.500.5 10z', tone: 'text-medium', filled: false },
  broken: { path: 'M2 2h16v16H2z', tone: 'text-critical', filled: false },
};

/** A link's state in the matrix: shape and letter. Decorative: whoever shows it says the word. */
export function StateMark({ state, size = 20 }: { state: CloudLink['state']; size?: number }) {
  const { path, tone, filled, dash } = SHAPES[state];
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" className={`shrink-0 ${tone}`}>
      <path
        d={path}
        fill="currentColor"
        fillOpacity={filled ? 1 : 0.12}
        stroke="currentColor"
        strokeWidth="1.3"
        {...(dash === undefined ? {} : { strokeDasharray: dash })}
      />
      <text
        x="10"
        y="13.700"
        textAnchor="middle"
        fontSize="10.500"
        fontWeight="650"
        fill={filled ? 'var(--on-accent)' : 'currentColor'}
        style={{ fontFamily: 'var(--font-sans)' }}
      >
        {linkState(state).letter}
      </text>
    </svg>
  );
}

/** The mark with its word. */
export function StateBadge({ state }: { state: CloudLink['state'] }) {
  const { word, says } = linkState(state);
  return (
    <span title={says} className="inline-flex items-center gap-1.5 whitespace-nowrap text-xs font-medium">
      <StateMark state={state} size={16} />
      {word}
    </span>
  );
}
