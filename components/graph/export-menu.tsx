'use client';
import { IconButton } from '../ui/button.tsx';
import { downloadFile, saveAs } from '../ui/download-file.ts';
import { Menu } from '../ui/menu.tsx';
import type { CanvasHandle } from './canvas-handle.ts';
import type { Scene } from './scene.ts';
import { sceneToPng } from './scene-to-picture.ts';
import { sceneToSvg } from './svg-export.ts';

interface ExportProps {
  readonly scene: Scene;
  readonly canvas: React.RefObject<CanvasHandle | null>;
  readonly onError: (error: Error) => void;
  readonly disabled: boolean;
}

/** The drawing as a file: all of it, in the theme at hand. */
export function ExportMenu({ scene, canvas, onError, disabled }: ExportProps) {
  const savePng = async () => {
    const palette = canvas.current?.palette();
    if (!palette) return;
    try {
      const url = URL.createObjectURL(await sceneToPng(scene, palette));
      saveAs('podreach-graph.png', url);
      URL.revokeObjectURL(url);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const saveSvg = () => {
    const palette = canvas.current?.palette();
    if (palette) downloadFile('podreach-graph.svg', 'image/svg+xml', sceneToSvg(scene, palette));
  };
  return (
    <Menu
      label="Export"
      trigger={<IconButton label="Export" icon="download" disabled={disabled} />}
      items={[
        { label: 'PNG picture', icon: 'download', onSelect: () => void savePng() },
        { label: 'SVG drawing', icon: 'download', onSelect: saveSvg },
      ]}
    />
  );
}
