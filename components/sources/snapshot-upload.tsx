'use client';
import { Button } from '../ui/button.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Section } from '../ui/section.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';
import { fileSize } from './file-size.ts';
import { type UploadState, useUpload } from './use-upload.ts';

const TYPES = '.json,.yaml,.yml,.gz,.tgz,.tar,.zip';

function Said({ state }: { state: UploadState }) {
  if (state.phase === 'sending') {
    return (
      <>
        <p className="mb-1.5 text-sm">
          Sending <bdi>{state.name}</bdi>: {fileSize(state.sent)} of {fileSize(state.total)}
        </p>
        <ProgressBar label="Upload" value={state.sent} total={state.total} />
      </>
    );
  }
  if (state.phase === 'reading') {
    return (
      <>
        <p className="mb-1.5 text-sm">
          Reading <bdi>{state.name}</bdi> and building the graph
        </p>
        <ProgressBar label="Reading" value={0} />
      </>
    );
  }
  if (state.phase === 'done') {
    return (
      <p className="flex items-center gap-2 text-good text-sm">
        <Icon name="check" />
        <span>
          <bdi>{state.name}</bdi> is loaded. Every page now shows it.
        </span>
      </p>
    );
  }
  return null;
}

/** Load a snapshot: drop a file here, or choose one. */
export function SnapshotUpload() {
  const { state, send, cancel } = useUpload();
  const busy = state.phase === 'sending' || state.phase === 'reading';
  const { over, target } = useFileDrop((file) => {
    if (!busy) send(file);
  });
  return (
    <Section title="Load a snapshot" hint="It replaces what is loaded, until the next reload. It stays on this server.">
      <div
        {...target}
        className={`rounded-lg border border-dashed px-4 py-6 text-center transition-colors ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
      >
        <Icon name="upload" size={22} className="mx-auto text-faint" />
        <p className="mx-auto mt-2 mb-3 max-w-md text-balance text-muted text-sm">
          Drop a file here: JSON or YAML as kubectl and aws print it, or a .tar.gz or .zip of such files
        </p>
        {busy ? <Button onClick={cancel}>Cancel</Button> : <FileButton look="solid" label="Snapshot file" accept={TYPES} onFile={send} />}
      </div>
      <div aria-live="polite" className="mt-3 empty:mt-0">
        <Said state={state} />
      </div>
      {state.error && <ErrorState error={state.error} />}
    </Section>
  );
}
