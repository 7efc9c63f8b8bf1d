'use client';
import { useId, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { FileButton } from '../ui/file-button.tsx';
import { Section } from '../ui/section.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';

const TYPES = '.json,.yaml,.yml';

const EXAMPLE = `change: delete
target: { kind: ClusterRoleBinding, name: NAME }
---
change: patch
target: { kind: Deployment, namespace: NAMESPACE, name: NAME }
merge:
  spec: { template: { spec: { automountServiceAccountToken: false } } }
`;

interface ChangesFormProps {
  readonly initial: string;
  readonly busy: boolean;
  readonly onTry: (text: string) => void;
}

/** Where changes are pasted or dropped. */
export function ChangesForm({ initial, busy, onTry }: ChangesFormProps) {
  const [text, setText] = useState(initial);
  const hint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const take = (file: File) => void file.text().then(setText);
  const { over, target } = useFileDrop(take);
  // The button goes away with the text: the focus must not go with it.
  const clear = () => {
    setText('');
    field.current?.focus();
  };
  return (
    <Section title="Changes" hint="Nothing is touched: they are tried on what was read, and thrown away.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onTry(text);
        }}
      >
        <textarea
          ref={field}
          aria-label="Changes or manifests, YAML or JSON"
          aria-describedby={hint}
          value={text}
          spellCheck={false}
          rows={10}
          placeholder={EXAMPLE}
          onChange={(event) => setText(event.target.value)}
          {...target}
          className={`block w-full rounded-md border bg-surface px-3 py-2 font-mono text-text text-xs leading-5 placeholder:text-faint ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
        />
        <p id={hint} className="mt-1.5 text-muted text-xs">
          Paste or drop manifests that are not in the cluster yet (<code className="font-mono">kubectl kustomize</code>,{' '}
          <code className="font-mono">helm template</code>), changes as in the example, or what{' '}
          <code className="font-mono">podreach cuts</code> prints.
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button type="submit" look="solid" icon="flask" disabled={text.trim() === ''} aria-disabled={busy}>
            {busy ? 'Working it out' : 'Try them'}
          </Button>
          <FileButton label="File of changes" accept={TYPES} disabled={busy} onFile={take} />
          {text !== '' && (
            <Button look="ghost" disabled={busy} onClick={clear}>
              Clear
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}
