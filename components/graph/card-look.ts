import { heatOf, type Palette } from './palette.ts';
import type { Scene, SceneCard } from './scene.ts';
import { styleOf } from './style.ts';

/** Where things sit on a card, from its top left corner, and in which size. Shared by the canvas and the SVG export. */
export const CARD_PLACES = {
  tile: { x: 8, y: 12, size: 26 },
  text: { x: 41, width: 103 },
  name: { size: 12.5, one: [22], two: [16.5, 30] },
  caption: { size: 10.5, one: 37.5, two: 43.5 },
} as const;

export interface CardLook {
  readonly fill: string;
  readonly frame: string;
  readonly frameWidth: number;
  readonly name: string;
  readonly caption: string;
  readonly tile: string;
  readonly tileFill: number;
  /** Number of hops in the corner. */
  readonly badge?: { readonly text: string; readonly fill: string; readonly ink: string };
}

/** The colours of one card by its mood: what is dim is dim by colour, so that text keeps its edges. */
export function cardLook(card: SceneCard, scene: Pick<Scene, 'direction'>, palette: Palette): CardLook {
  const style = styleOf(card.node.kind);
  const { of: colour, families } = palette;
  if (card.mood === 'dim') {
    return {
      fill: colour['card-dim'],
      frame: colour['edge-dim'],
      frameWidth: 1,
      name: colour['text-dim'],
      caption: colour['text-dim'],
      tile: colour['text-dim'],
      tileFill: 0,
    };
  }
  const crown = style.crown;
  const base = {
    fill: crown ? colour['crown-soft'] : colour.card,
    name: colour.text,
    caption: colour['text-soft'],
    tile: families[style.family],
    tileFill: 0.14,
  };
  if (card.mood === 'path') {
    return {
      ...base,
      frame: colour.path,
      frameWidth: 2,
      badge: { text: String(card.node.hops ?? 0), fill: colour.path, ink: colour['on-heat'] },
    };
  }
  if (card.mood === 'lit') {
    const hops = card.node.hops ?? 0;
    const heat = heatOf(palette, scene.direction, hops);
    return {
      ...base,
      frame: crown ? colour.crown : heat,
      frameWidth: crown ? 2 : 1.6,
      badge: { text: String(hops), fill: heat, ink: colour['on-heat'] },
    };
  }
  return { ...base, frame: crown ? colour.crown : colour['card-line'], frameWidth: crown ? 1.8 : 1 };
}
