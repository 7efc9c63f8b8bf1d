import type { Certainty } from '../../lib/graph/kinds.ts';

const WORDS: Record<Certainty, { word: string; says: string; tone: string; dash: string }> = {
  certain: { word: 'Certain', says: 'Holds on its own', tone: 'text-text', dash: '' },
  wired: { word: 'Wired', says: 'Its pods are given this identity', tone: 'text-text', dash: '' },
  conditional: { word: 'Conditional', says: 'Hangs on something that could not be decided', tone: 'text-muted', dash: '3 2.500' },
  possible: {
    word: 'Possible',
    says: 'The identity lets it in, but nothing hands its pods the credentials',
    tone: 'text-muted',
    dash: '3 2.500',
  },
  broken: { word: 'Broken', says: 'Configured, but it does not work', tone: 'text-critical', dash: '1.500 3' },
};

/** How sure something is: a word, and a line that is whole, dashed or dotted. */
export function CertaintyBadge({ certainty }: { certainty: Certainty }) {
  const { word, says, tone, dash } = WORDS[certainty];
  return (
    <span title={says} className={`inline-flex items-center gap-1.5 whitespace-nowrap align-middle text-xs ${tone}`}>
      <svg width="16" height="6" viewBox="0 0 16 6" aria-hidden="true" className="shrink-0">
        <path d="M1 3h14" stroke="currentColor" strokeWidth="2" strokeDasharray={dash} strokeLinecap="round" />
      </svg>
      {word}
    </span>
  );
}
