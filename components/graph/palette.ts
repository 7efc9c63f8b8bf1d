import { KIND_FAMILIES, type KindFamily } from '../ui/kind-families.ts';

const NAMES = [
  'canvas',
  'card',
  'card-line',
  'card-dim',
  'text',
  'text-soft',
  'text-dim',
  'edge',
  'edge-dim',
  'crown',
  'crown-soft',
  'broken',
  'path',
  'path-soft',
  'select',
  'focus',
  'on-heat',
] as const;
type Name = (typeof NAMES)[number];

/** Colours by distance: the last one holds for everything farther. */
export const HEATS = 5;

/** Every colour that the canvas paints with, resolved from the CSS variables of the theme at hand. */
export interface Palette {
  readonly of: Readonly<Record<Name, string>>;
  readonly families: Readonly<Record<KindFamily, string>>;
  readonly forward: readonly string[];
  readonly reverse: readonly string[];
  readonly sans: string;
}

/** Reads the theme's colours at `element`. A probe resolves `light-dark()` and `var()` to what a canvas understands. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (variable: string): string => {
    probe.style.color = `var(${variable})`;
    return getComputedStyle(probe).color;
  };
  const families = [...new Set(Object.values(KIND_FAMILIES))];
  const palette: Palette = {
    of: Object.fromEntries(NAMES.map((name) => [name, read(`--graph-${name}`)])) as Record<Name, string>,
    families: Object.fromEntries(families.map((family) => [family, read(`--kind-${family}`)])) as Record<KindFamily, string>,
    forward: Array.from({ length: HEATS }, (_, hop) => read(`--graph-heat-${hop}`)),
    reverse: Array.from({ length: HEATS }, (_, hop) => read(`--graph-cool-${hop}`)),
    sans: getComputedStyle(probe).fontFamily,
  };
  probe.remove();
  return palette;
}

/** The colour of something `hops` away from the start. */
export function heatOf(palette: Palette, direction: 'forward' | 'reverse', hops: number): string {
  const scale = palette[direction];
  return scale[Math.min(hops, scale.length - 1)] ?? palette.of.path;
}
