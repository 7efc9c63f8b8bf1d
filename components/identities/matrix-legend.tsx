import { LINK_STATES } from './link-states.ts';
import { StateMark } from './state-mark.tsx';

/** What the marks of the matrix mean. */
export function MatrixLegend() {
  return (
    <ul aria-label="Legend" className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1.5 text-muted text-xs">
      {LINK_STATES.map(({ state, word, says }) => (
        <li key={state} className="inline-flex items-center gap-1.5">
          <StateMark state={state} size={16} />
          <span>
            <span className="font-medium text-text">{word}</span>: {says}
          </span>
        </li>
      ))}
    </ul>
  );
}
