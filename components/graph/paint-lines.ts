import { type Curve, pointOn } from './edge-curve.ts';
import { heatOf, type Palette } from './palette.ts';
import type { Scene, SceneLine } from './scene.ts';
import { DASHES } from './style.ts';

const WIDTHS = { plain: 1.25, dim: 1, lit: 1.8, spine: 2.6, path: 3 } as const;
const ARROW = 7;

/** How a line looks: shared by the canvas and the SVG export. */
export function lineLook(
  line: SceneLine,
  scene: Pick<Scene, 'direction' | 'crowded'>,
  palette: Palette,
): { colour: string; width: number; dash: readonly number[]; alpha: number } {
  const width = WIDTHS[line.mood];
  const dash = DASHES[line.edge.certainty] ?? [];
  if (line.edge.certainty === 'broken') return { colour: palette.of.broken, width: 1.4, dash, alpha: 1 };
  if (line.mood === 'path') return { colour: palette.of.path, width, dash, alpha: 1 };
  if (line.mood === 'spine' || line.mood === 'lit') {
    const colour = heatOf(palette, scene.direction, line.hops);
    return line.mood === 'lit' && scene.crowded ? { colour, width: 1.2, dash, alpha: 0.45 } : { colour, width, dash, alpha: 1 };
  }
  // What runs against the columns (a node hosts pods) stays in the background.
  const quiet = line.mood === 'dim' || line.curve.to.x < line.curve.from.x;
  return { colour: quiet ? palette.of['edge-dim'] : palette.of.edge, width, dash, alpha: 1 };
}

/** The three corners of the arrowhead at the end of a curve. */
export function arrowhead(curve: Curve, size = ARROW): readonly [number, number][] {
  const before = pointOn(curve, 0.96);
  const angle = Math.atan2(curve.to.y - before.y, curve.to.x - before.x);
  const corner = (turn: number): [number, number] => [
    curve.to.x - size * Math.cos(angle + turn),
    curve.to.y - size * Math.sin(angle + turn),
  ];
  return [[curve.to.x, curve.to.y], corner(0.42), corner(-0.42)];
}

/** Paints one edge: its line, dashed by certainty, and an arrowhead. */
export function paintLine(context: CanvasRenderingContext2D, line: SceneLine, look: ReturnType<typeof lineLook>): void {
  const { from, bend1, bend2, to } = line.curve;
  context.strokeStyle = look.colour;
  context.fillStyle = look.colour;
  context.lineWidth = look.width;
  context.globalAlpha = look.alpha;
  context.setLineDash([...look.dash]);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(bend1.x, bend1.y, bend2.x, bend2.y, to.x, to.y);
  context.stroke();
  context.setLineDash([]);
  const [tip, left, right] = arrowhead(line.curve, line.mood === 'path' || line.mood === 'spine' ? 10 : ARROW);
  if (tip && left && right) {
    context.beginPath();
    context.moveTo(...tip);
    context.lineTo(...left);
    context.lineTo(...right);
    context.fill();
  }
  context.globalAlpha = 1;
}
