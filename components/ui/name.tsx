import { CopyButton } from './copy-button.tsx';

/**
 * A name from the cluster: monospace, isolated from the direction of the text around it, cut with the whole on hover.
 * With `copy`, a button beside it copies it.
 */
export function Name({
  children,
  copy = false,
  wrap = false,
  className,
}: {
  children: string;
  copy?: boolean;
  wrap?: boolean;
  className?: string;
}) {
  const text = (
    <bdi
      title={wrap ? undefined : children}
      className={`min-w-0 font-mono text-[0.8125rem] ${wrap ? 'break-all' : 'truncate'} ${className ?? ''}`}
    >
      {children}
    </bdi>
  );
  if (!copy) return text;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1">
      {text}
      <CopyButton text={children} label={`Copy ${children}`} />
    </span>
  );
}
