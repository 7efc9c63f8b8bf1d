'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useRef, useState } from 'react';
import type { IdentitiesAnswer } from '../../lib/api/identities-contract.ts';
import type { LinkFilters } from '../api/link-filters.ts';
import { type IdentityWindows, useIdentityWindows } from '../api/use-identity-windows.ts';
import { MatrixHead } from './matrix-head.tsx';
import { HEADER, type MatrixPlace, movedPlace } from './matrix-place.ts';
import { MatrixRow } from './matrix-row.tsx';
import { matrixSizes } from './matrix-sizes.ts';

interface IdentityMatrixProps {
  readonly filters: LinkFilters;
  readonly first: IdentitiesAnswer;
  readonly onLook: (account: string | null, identity: string | null) => void;
}

/**
 * Service accounts × cloud identities as a grid that draws, and asks the server for, only what is in sight. One stop for the Tab key;
 * arrow keys move, Enter opens what is marked: a link, a service account (its row's heading) or an identity (its column's).
 */
export function IdentityMatrix({ filters, first, onLook }: IdentityMatrixProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<MatrixPlace>({ row: 0, column: 0 });
  const size = { rows: first.serviceAccounts.total, columns: first.identities.total };
  const shared = { getScrollElement: () => scroller.current, initialRect: { width: 1200, height: 700 } };
  const rows = useVirtualizer({
    ...shared,
    count: size.rows,
    estimateSize: () => matrixSizes.row,
    overscan: 10,
    paddingStart: matrixSizes.head,
    scrollPaddingStart: matrixSizes.head,
  });
  const columns = useVirtualizer({
    ...shared,
    horizontal: true,
    count: size.columns,
    estimateSize: () => matrixSizes.column,
    overscan: 6,
    paddingStart: matrixSizes.side,
    scrollPaddingStart: matrixSizes.side,
  });
  const [rowItems, columnItems] = [rows.getVirtualItems(), columns.getVirtualItems()];
  const windows = useIdentityWindows(filters, {
    firstRow: rowItems[0]?.index ?? 0,
    lastRow: rowItems.at(-1)?.index ?? 0,
    firstColumn: columnItems[0]?.index ?? 0,
    lastColumn: columnItems.at(-1)?.index ?? 0,
  });
  const cellId = ({ row, column }: MatrixPlace): string => `${id}-${row}-${column}`;
  const go = (to: MatrixPlace): void => {
    setPlace(to);
    if (to.row !== HEADER) rows.scrollToIndex(to.row);
    if (to.column !== HEADER) columns.scrollToIndex(to.column);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part in both directions
    <div
      ref={scroller}
      role="grid"
      aria-label="Service accounts and cloud identities"
      aria-rowcount={size.rows + 1}
      aria-colcount={size.columns + 1}
      aria-activedescendant={cellId(place)}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          open(windows, place, onLook);
          return;
        }
        const to = movedPlace(place, event, size);
        if (to === undefined) return;
        event.preventDefault();
        go(to);
      }}
      onClick={(event) => {
        const at = placeOf(event.target);
        if (at === undefined) return;
        setPlace(at);
        open(windows, at, onLook);
      }}
      className="group relative max-h-[calc(100dvh-var(--topbar)-var(--dock)-13.500rem)] min-h-72 overflow-auto overscroll-contain text-sm -outline-offset-2"
    >
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize(), width: columns.getTotalSize() }}>
        <MatrixHead items={columnItems} windows={windows} place={place} cellId={cellId} width={columns.getTotalSize()} />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup">
          {rowItems.map(({ index, start }) => (
            <MatrixRow
              key={index}
              row={index}
              top={start}
              items={columnItems}
              windows={windows}
              place={place}
              cellId={cellId}
              width={columns.getTotalSize()}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Opens what stands at a place; an empty cell opens nothing. */
function open(windows: IdentityWindows, { row, column }: MatrixPlace, onLook: IdentityMatrixProps['onLook']): void {
  const account = row === HEADER ? undefined : windows.accountAt(row);
  const identity = column === HEADER ? undefined : windows.identityAt(column)?.identity;
  if (row === HEADER && identity !== undefined) onLook(null, identity);
  else if (column === HEADER && account !== undefined) onLook(account, null);
  else if (account !== undefined && identity !== undefined && windows.cellAt(row, column) !== undefined) onLook(account, identity);
}

/** The place of the cell that was clicked. */
function placeOf(target: EventTarget): MatrixPlace | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (cell === null) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
}
