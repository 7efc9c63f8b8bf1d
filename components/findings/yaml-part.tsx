'use client';
import { YamlBlock } from '../details/yaml-block.tsx';
import { Button } from '../ui/button.tsx';
import { downloadFile } from '../ui/download-file.ts';
import { Prose } from '../ui/prose.tsx';

/** A manifest, or the document of a cloud, to take away: what it is, its text, a button that saves it as a file. */
export function YamlPart({ says, yaml, file }: { readonly says: string; readonly yaml: string; readonly file: string }) {
  const format = file.endsWith('.json') ? 'json' : 'yaml';
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 break-words text-muted text-xs">
          <Prose>{says}</Prose>
        </p>
        <Button size="small" icon="download" onClick={() => downloadFile(file, `application/${format}`, yaml)}>
          Download {format.toUpperCase()}
        </Button>
      </div>
      <YamlBlock text={yaml} />
    </div>
  );
}
