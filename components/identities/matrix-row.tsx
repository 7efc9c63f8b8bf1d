import type { IdentityWindows } from '../api/use-identity-windows.ts';
import { linkState } from './link-states.ts';
import { HEADER, type MatrixPlace } from './matrix-place.ts';
import { matrixSizes } from './matrix-sizes.ts';
import { StateMark } from './state-mark.tsx';

interface MatrixRowProps {
  readonly row: number;
  readonly top: number;
  readonly items: readonly { readonly index: number; readonly start: number }[];
  readonly windows: IdentityWindows;
  readonly place: MatrixPlace;
  readonly cellId: (place: MatrixPlace) => string;
  readonly width: number;
}

const ACTIVE = 'group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-accent';

/** One service account with its marks; its name stays at the side. */
export function MatrixRow({ row, top, items, windows, place, cellId, width }: MatrixRowProps) {
  const account = windows.accountAt(row);
  const slash = account?.indexOf('/') ?? -1;
  const here = (column: number): string => (place.row === row && place.column === column ? ACTIVE : '');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part in both directions
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell
    <div
      role="row"
      aria-rowindex={row + 2}
      className="absolute left-0 border-line border-b hover:bg-sunken/60"
      style={{ top, height: matrixSizes.row, width }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div
        id={cellId({ row, column: HEADER })}
        role="rowheader"
        aria-colindex={1}
        data-row={row}
        data-column={HEADER}
        title={account}
        className={`sticky left-0 z-10 flex h-full cursor-pointer items-center border-line border-r bg-surface px-4 font-mono text-[0.8125rem] hover:underline ${here(HEADER)}`}
        style={{ width: matrixSizes.side }}
      >
        {account !== undefined && (
          <bdi className="truncate">
            <span className="text-muted">{account.slice(0, slash + 1)}</span>
            {account.slice(slash + 1)}
          </bdi>
        )}
      </div>
      {items.map(({ index, start }) => {
        const cell = windows.cellAt(row, index);
        const identity = windows.identityAt(index);
        const words = cell && `${account} and ${identity?.label}: ${linkState(cell.state).word} (${cell.code})`;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={index}
            id={cellId({ row, column: index })}
            role="gridcell"
            aria-colindex={index + 2}
            aria-label={words}
            title={words}
            data-row={row}
            data-column={index}
            className={`absolute top-0 flex h-full items-center justify-center ${cell ? 'cursor-pointer hover:bg-sunken' : ''} ${here(index)}`}
            style={{ left: start, width: matrixSizes.column }}
          >
            {cell && <StateMark state={cell.state} />}
          </div>
        );
      })}
    </div>
  );
}
