'use client';
import { useDeferredValue, useId, useRef, useState } from 'react';
import type { NodeSummary } from '../../lib/api/contract.ts';
import { useNode } from '../api/use-node.ts';
import { useSearch } from '../api/use-search.ts';
import { IconButton } from '../ui/button.tsx';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { Name } from '../ui/name.tsx';
import { qualifiedName } from '../ui/node-label.tsx';

/** A field that holds one node: type part of a name, choose with the arrow keys and Enter (combobox pattern of WAI-ARIA). */
export function NodePicker({ label, value, onChange }: { label: string; value: string | null; onChange: (id: string | null) => void }) {
  const id = useId();
  const { data } = useNode(value ?? undefined);
  const node = data && data.node.id === value ? data.node : undefined;
  // Choosing and clearing put one control in the place of the other: the focus moves along.
  const moved = useRef(false);
  const takeFocus = (control: HTMLElement | null) => {
    if (control === null || !moved.current) return;
    moved.current = false;
    control.focus();
  };
  const change = (next: string | null) => {
    moved.current = true;
    onChange(next);
  };
  if (value === null) return <PickerInput id={id} label={label} onChange={change} inputRef={takeFocus} />;
  return (
    <div className="flex h-8 items-center gap-2 rounded-md border border-line-strong pl-2.5 pr-1">
      <span id={id} className="w-9 shrink-0 text-xs text-muted">
        {label}
      </span>
      <output aria-labelledby={id} className="min-w-0 flex-1 truncate">
        {node ? <PickedNode node={node} /> : <bdi className="font-mono text-xs">{value}</bdi>}
      </output>
      <IconButton label={`Clear ${label.toLowerCase()}`} icon="close" size="small" onClick={() => change(null)} ref={takeFocus} />
    </div>
  );
}

/** The name at hand matters most: where room is short its beginning is kept, and the whole is the tooltip. */
function PickedNode({ node }: { node: NodeSummary }) {
  return (
    <span className="flex min-w-0 items-center gap-2" title={qualifiedName(node)}>
      <KindIcon kind={node.kind} size={18} title={KIND_LABELS[node.kind].one} />
      <Name>{node.name}</Name>
    </span>
  );
}

interface PickerInputProps {
  readonly id: string;
  readonly label: string;
  readonly onChange: (id: string) => void;
  readonly inputRef: React.Ref<HTMLInputElement>;
}

function PickerInput({ id, label, onChange, inputRef }: PickerInputProps) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const q = useDeferredValue(text.trim());
  const { data } = useSearch({ q, typed: text.trim(), limit: 8, enabled: q !== '' });
  const found = q === '' ? [] : (data?.nodes ?? []);
  const current = found[Math.min(active, found.length - 1)];
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((was) => (found.length === 0 ? 0 : (Math.min(was, found.length - 1) + step + found.length) % found.length));
    } else if (event.key === 'Enter' && current) {
      // The focus moves to the button that clears; this same key must not press it.
      event.preventDefault();
      onChange(current.id);
    }
    if (event.key === 'Escape') setText('');
  };
  return (
    <div className="relative">
      <div className="flex h-8 items-center gap-2 rounded-md border border-line-strong pl-2.5 pr-1 focus-within:border-accent">
        <label htmlFor={id} className="w-9 shrink-0 text-xs text-muted">
          {label}
        </label>
        <input
          ref={inputRef}
          id={id}
          type="text"
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(current && { 'aria-activedescendant': `${id}-${current.id}` })}
          autoComplete="off"
          spellCheck={false}
          placeholder="Type a name"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-faint"
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={`${label}: matches`}
        className={`absolute inset-x-0 top-9 z-20 rounded-lg border border-line bg-surface p-1 shadow-float ${found.length === 0 ? 'hidden' : ''}`}
      >
        {found.map((node) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={node.id}
            id={`${id}-${node.id}`}
            role="option"
            aria-selected={node === current}
            aria-label={qualifiedName(node)}
            onClick={() => onChange(node.id)}
            className={`flex min-h-8 min-w-0 cursor-default items-center gap-2 rounded-md px-2 ${node === current ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
          >
            <KindIcon kind={node.kind} size={18} />
            <bdi className="truncate font-mono text-xs">{qualifiedName(node)}</bdi>
          </div>
        ))}
      </div>
      {q !== '' && data && found.length === 0 && <p className="mt-1 text-xs text-muted">No name contains this.</p>}
    </div>
  );
}
