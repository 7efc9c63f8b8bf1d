import type { Point } from './card.ts';
import type { Palette } from './palette.ts';
import type { SceneLine } from './scene.ts';

/** What a person does on the canvas. */
export interface CanvasActions {
  /** A card was tapped; `more`: in addition to what is selected. */
  readonly onCard: (id: string, more: boolean) => void;
  readonly onEdge: (line: SceneLine) => void;
  readonly onNothing: () => void;
  /** `screen` is relative to the canvas, CSS pixels. */
  readonly onMenu: (id: string, screen: Point) => void;
  /** What the pointer is over, for a tooltip at `screen`. */
  readonly onHover: (what: { readonly card?: string; readonly line?: SceneLine } | undefined, screen: Point) => void;
}

/** What the rest of the page may ask of the canvas. */
export interface CanvasHandle {
  /** Gives the keyboard back to the canvas. */
  readonly focus: () => void;
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  /** Brings a card into view when it is not. */
  readonly reveal: (id: string) => void;
  /** Where a card is, relative to the canvas, CSS pixels. */
  readonly placeOf: (id: string) => Point | undefined;
  readonly palette: () => Palette | undefined;
}
