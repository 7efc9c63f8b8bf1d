import type { Gap } from '../../lib/inventory/gap.ts';
import { CoverageBadge } from '../ui/coverage-badge.tsx';
import { Prose } from '../ui/prose.tsx';
import { Section } from '../ui/section.tsx';

const SHOWN = 6;

/** What could not be read, in short; the badge opens all of it. */
export function Coverage({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <Section title="Coverage" hint="What could not be read may hide further ways" actions={<CoverageBadge gaps={gaps} />}>
      {gaps.length === 0 ? (
        <p className="text-muted text-sm">Everything that was asked for could be read.</p>
      ) : (
        <ul className="space-y-2.5 text-sm">
          {gaps.slice(0, SHOWN).map((gap) => (
            <li key={gap.id} className="min-w-0">
              <p className="break-words font-medium">
                <bdi>{gap.what}</bdi>
                {gap.where !== undefined && (
                  <span className="font-normal text-muted">
                    {' in '}
                    <bdi>{gap.where}</bdi>
                  </span>
                )}
              </p>
              <p className="break-words text-muted text-xs">
                <Prose>{gap.remedy}</Prose>
              </p>
            </li>
          ))}
          {gaps.length > SHOWN && <li className="text-muted text-xs">and {gaps.length - SHOWN} more</li>}
        </ul>
      )}
    </Section>
  );
}
