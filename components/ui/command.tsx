'use client';
import { CopyButton } from './copy-button.tsx';

/** A command to run, in monospace, with a button that copies it. One line wraps; a script keeps its lines and scrolls. */
export function Command({ text, label = 'Copy command' }: { text: string; label?: string }) {
  const script = text.includes('\n');
  const look = 'min-w-0 flex-1 py-0.5 font-mono text-xs leading-5 text-text';
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-2.5">
      {script ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre tabIndex={0} className={`${look} overflow-x-auto`}>
          {text}
        </pre>
      ) : (
        <code className={`${look} whitespace-pre-wrap [overflow-wrap:anywhere]`}>{text}</code>
      )}
      <CopyButton text={text} label={label} />
    </div>
  );
}
