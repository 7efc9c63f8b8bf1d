import { IconButton } from '../ui/button.tsx';
import type { CanvasHandle } from './canvas-handle.ts';

/** Zoom in, out and fit, for those without a wheel. */
export function ZoomButtons({ canvas }: { canvas: React.RefObject<CanvasHandle | null> }) {
  return (
    <fieldset aria-label="Zoom" className="absolute bottom-2 right-2 flex rounded-md border border-line bg-surface shadow-sm">
      <IconButton label="Zoom in" icon="plus" onClick={() => canvas.current?.zoomBy(1.25)} />
      <IconButton label="Zoom out" icon="minus" onClick={() => canvas.current?.zoomBy(0.8)} />
      <IconButton label="Show all" icon="fit" onClick={() => canvas.current?.fit()} />
    </fieldset>
  );
}
