import type { Fix } from '../../lib/api/contract.ts';
import { Command } from './command.tsx';
import { Prose } from './prose.tsx';
import { sentenceCase } from './sentence-case.ts';

interface FixBodyProps {
  readonly fix: Fix;
  /** What to change stands above already, as a heading. */
  readonly headed?: boolean;
}

/** What to change, with the command and what else it does. */
export function FixBody({ fix: { says, command, sideEffect }, headed = false }: FixBodyProps) {
  return (
    <>
      {!headed && (
        <p className="break-words">
          <FixSays says={says} />
        </p>
      )}
      {command !== undefined && (
        <div className="mt-1.5">
          <Command text={command} />
        </div>
      )}
      {sideEffect !== undefined && (
        <p className="mt-1.5 break-words text-muted text-xs">
          <span className="font-medium text-text">Side effect: </span>
          <Prose>{sideEffect}</Prose>
        </p>
      )}
    </>
  );
}

/** What to change, as a sentence. */
export function FixSays({ says }: Pick<Fix, 'says'>) {
  return <Prose>{sentenceCase(says)}</Prose>;
}
