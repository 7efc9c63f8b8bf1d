import { SeverityIcon } from './icons/severity-icons.tsx';
import { SEVERITY_WORDS, type Severity } from './severity-words.ts';

const TONES: Record<Severity, string> = {
  critical: 'text-critical bg-critical-soft',
  high: 'text-high bg-high-soft',
  medium: 'text-medium bg-medium-soft',
  low: 'text-low bg-low-soft',
  none: 'text-muted bg-sunken',
};

/** A severity as a word, a shape and a colour. */
export function SeverityBadge({ severity, plain = false }: { severity: Severity; plain?: boolean }) {
  const tone = TONES[severity];
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-md align-middle text-xs font-medium ${plain ? `${tone} bg-transparent!` : `px-1.5 py-0.5 ${tone}`}`}
    >
      <SeverityIcon severity={severity} size={11} />
      {SEVERITY_WORDS[severity]}
    </span>
  );
}
