'use client';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';
import { Icon } from './icons/interface-icons.tsx';

type State = 'idle' | 'copied' | 'failed';

function useCopy(text: string | (() => string)): readonly [State, () => void] {
  const [state, setState] = useState<State>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1600);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    void copyText(typeof text === 'string' ? text : text()).then((done) => setState(done ? 'copied' : 'failed'));
  };
  return [state, copy];
}

/**
 * Copies `text`. `label` says what it copies ("Copy command") and is its accessible name;
 * with `children` it is a button with a text, without them an icon.
 */
export function CopyButton({
  text,
  label = 'Copy',
  children,
  className,
}: {
  text: string | (() => string);
  label?: string;
  children?: React.ReactNode;
  className?: string;
}) {
  const [state, copy] = useCopy(text);
  const icon = <Icon name={state === 'copied' ? 'check' : 'copy'} size={14} />;
  const says = state === 'copied' ? 'Copied' : state === 'failed' ? 'Copying failed: select the text and copy it by hand' : '';
  const look = children
    ? 'h-8 gap-2 border-line-strong bg-surface px-3 text-sm font-medium text-text'
    : 'size-6 border-transparent text-faint hover:text-text';
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={children ? undefined : label}
      title={says || label}
      className={`relative inline-flex shrink-0 items-center justify-center rounded-md border transition-colors hover:bg-sunken print:hidden ${look} ${className ?? ''}`}
    >
      {icon}
      {children && (state === 'copied' ? 'Copied' : children)}
      <span className="sr-only" aria-live="polite">
        {says}
      </span>
    </button>
  );
}
