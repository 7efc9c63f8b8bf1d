import type { IdentityWindows } from '../api/use-identity-windows.ts';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { IDENTITY_KINDS } from './identity-label.ts';
import { PROVIDER_WORDS } from './link-states.ts';
import { HEADER, type MatrixPlace } from './matrix-place.ts';
import { matrixSizes } from './matrix-sizes.ts';

interface MatrixHeadProps {
  readonly items: readonly { readonly index: number; readonly start: number }[];
  readonly windows: IdentityWindows;
  readonly place: MatrixPlace;
  readonly cellId: (place: MatrixPlace) => string;
  readonly width: number;
}

/** The identities as headings of the columns, written upwards; they stay on top. */
export function MatrixHead({ items, windows, place, cellId, width }: MatrixHeadProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in part in both directions
    <div role="rowgroup" className="sticky top-0 z-20 bg-surface" style={{ height: matrixSizes.head, width }}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active cell */}
      <div role="row" aria-rowindex={1} className="relative h-full border-line-strong border-b">
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
        <div
          role="columnheader"
          aria-colindex={1}
          className="sticky left-0 z-10 flex h-full items-end border-line border-r bg-surface px-4 pb-2 font-medium text-muted text-xs"
          style={{ width: matrixSizes.side }}
        >
          Service account
        </div>
        {items.map(({ index, start }) => {
          const identity = windows.identityAt(index);
          const active = place.row === HEADER && place.column === index;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div
              key={index}
              id={cellId({ row: HEADER, column: index })}
              role="columnheader"
              aria-colindex={index + 2}
              aria-label={
                identity && `${identity.label}, ${PROVIDER_WORDS[identity.provider]}${identity.open ? ', open to the whole cluster' : ''}`
              }
              data-row={HEADER}
              data-column={index}
              title={identity && `${identity.identity}${identity.open ? `\nlets ${identity.admits} service accounts in` : ''}`}
              className={`absolute top-0 flex h-full cursor-pointer flex-col items-center justify-end gap-1.5 pb-2 hover:bg-sunken ${active ? 'group-focus-visible:bg-accent-soft' : ''}`}
              style={{ left: start, width: matrixSizes.column }}
            >
              {identity && (
                <>
                  <bdi
                    aria-hidden="true"
                    className={`max-h-38 truncate font-mono text-xs [writing-mode:vertical-rl] rotate-180 ${identity.open ? 'font-semibold text-high' : ''}`}
                  >
                    {identity.label}
                  </bdi>
                  <KindIcon kind={IDENTITY_KINDS[identity.provider]} size={16} />
                </>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
