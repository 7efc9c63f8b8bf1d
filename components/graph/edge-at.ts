import type { Point } from './card.ts';
import { distanceTo } from './edge-curve.ts';
import type { Scene, SceneLine } from './scene.ts';

/** The edge nearest to a point within `reach` canvas units; of two alike, the one that stands out more. */
export function edgeAt(scene: Scene, point: Point, reach: number): SceneLine | undefined {
  let best: SceneLine | undefined;
  let nearest = reach;
  for (const line of scene.lines) {
    const distance = distanceTo(line.curve, point, reach);
    if (distance > nearest) continue;
    nearest = distance;
    best = line;
  }
  return best;
}
