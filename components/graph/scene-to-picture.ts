import { boundsOf } from './card.ts';
import { paintScene } from './paint-scene.ts';
import type { Palette } from './palette.ts';
import type { Scene } from './scene.ts';

const MARGIN = 32;
/** Most pixels a side: what every browser's canvas takes. */
const MOST_SIDE = 8000;

/** The whole drawing as a PNG, two pixels to a unit as far as a canvas goes. Rejects when the browser cannot make one. */
export function sceneToPng(scene: Scene, palette: Palette): Promise<Blob> {
  const bounds = boundsOf(scene.cards.map((card) => card.at));
  const [width, height] = [bounds.right - bounds.left + 2 * MARGIN, bounds.bottom - bounds.top + 2 * MARGIN];
  const zoom = Math.min(2, MOST_SIDE / width, MOST_SIDE / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * zoom);
  canvas.height = Math.ceil(height * zoom);
  const context = canvas.getContext('2d');
  if (!context) return Promise.reject(new Error('the browser gives no canvas to draw on; export as SVG instead'));
  context.fillStyle = palette.of.canvas;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const pan = { x: (MARGIN - bounds.left) * zoom, y: (MARGIN - bounds.top) * zoom };
  context.setTransform(zoom, 0, 0, zoom, pan.x, pan.y);
  // Text is painted at any size here: whoever opens the picture can zoom in.
  paintScene({ context, palette, zoom: 1, texts: new Map() }, scene, { zoom, pan, width: canvas.width, height: canvas.height });
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the drawing is too large for a picture; export as SVG instead'))),
      'image/png',
    );
  });
}
