import { whole } from './numbers.ts';
import type { Column } from './table-column.ts';

interface NumberColumn<Item> extends Pick<Column<Item>, 'id' | 'heading'> {
  /** A CSS width. */
  readonly width: string;
  readonly of: (item: Item) => number;
  /** How the number is drawn; without it as `12,400`. */
  readonly cell?: (item: Item) => React.ReactNode;
}

/** A column of numbers: to the right, and the first click puts the most on top. */
export const numberColumn = <Item,>({ id, heading, width, of, cell = (item) => whole(of(item)) }: NumberColumn<Item>): Column<Item> => ({
  id,
  heading,
  width,
  align: 'right',
  descFirst: true,
  sortBy: of,
  cell,
});
