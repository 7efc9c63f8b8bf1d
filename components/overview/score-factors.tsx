'use client';
import { Popover } from '../ui/popover.tsx';

interface ScoreFactorsProps {
  readonly of: string;
  readonly score: number;
  readonly factors: readonly { readonly name: string; readonly points: number }[];
}

/** The score as a button; it opens what the score is made of. */
export function ScoreFactors({ of, score, factors }: ScoreFactorsProps) {
  return (
    <Popover
      align="end"
      label={`Score of ${of}`}
      trigger={
        <button
          type="button"
          aria-label={`Score ${score} of ${of}: show factors`}
          className="h-6 whitespace-nowrap rounded-md border border-line px-1.5 text-right font-medium text-xs tabular-nums hover:border-line-strong hover:bg-sunken"
        >
          <span className="font-normal text-muted">Score</span> {score}
        </button>
      }
    >
      <p className="mb-2 font-semibold">Score {score}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">
        {factors.map((factor) => (
          <div key={factor.name} className="contents">
            <dt className="text-muted">{factor.name}</dt>
            <dd className="text-right tabular-nums">+{factor.points}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
