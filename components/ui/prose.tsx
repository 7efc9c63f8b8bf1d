/** A sentence in which `…` marks names and commands: those are set in monospace, everything stays plain text. */
export function Prose({ children, className }: { children: string; className?: string }) {
  const parts = children.split('`');
  // An odd number of marks is no markup: the text stands as it is.
  if (parts.length % 2 === 0) return <bdi className={className}>{children}</bdi>;
  return (
    <bdi className={className}>
      {parts.map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence do not move
          <code key={index} className="break-words rounded bg-sunken px-1 py-px font-mono font-normal text-[0.9em]">
            {part}
          </code>
        ),
      )}
    </bdi>
  );
}
