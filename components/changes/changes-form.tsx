'use client';
import { useId, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';

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
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const take = (file: File | undefined) => void file?.text().then(setText);
  return (
    <Section title="Changes" hint="Nothing is touched: they are tried on what was read, and thrown away.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onTry(text);
        }}
      >
        <textarea
          aria-label="Changes or manifests, YAML or JSON"
          aria-describedby={hint}
          value={text}
          spellCheck={false}
          rows={10}
          placeholder={EXAMPLE}
          onChange={(event) => setText(event.target.value)}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            take(event.dataTransfer.files[0]);
          }}
          className={`block w-full rounded-md border bg-surface px-3 py-2 font-mono text-text text-xs leading-5 placeholder:text-faint ${over ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
        />
        <p id={hint} className="mt-1.5 text-muted text-xs">
          Paste or drop manifests that are not in the cluster yet (<code className="font-mono">kubectl kustomize</code>,{' '}
          <code className="font-mono">helm template</code>), changes as in the example, or what{' '}
          <code className="font-mono">podreach cuts</code> prints.
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button type="submit" look="solid" icon="flask" disabled={busy || text.trim() === ''}>
            {busy ? 'Working it out' : 'Try them'}
          </Button>
          <Button icon="upload" disabled={busy} onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          {text !== '' && (
            <Button look="ghost" disabled={busy} onClick={() => setText('')}>
              Clear
            </Button>
          )}
          <input
            ref={input}
            type="file"
            aria-label="File of changes"
            accept={TYPES}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </div>
      </form>
    </Section>
  );
}
