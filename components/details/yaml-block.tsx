import { CopyButton } from '../ui/copy-button.tsx';

/** An object as YAML: read, select, copy. Secret values are not part of the inventory. */
export function YamlBlock({ text }: { text: string }) {
  return (
    <div className="relative">
      <div className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={text} label="Copy YAML" />
      </div>
      <section
        aria-label="Object as YAML"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get into it
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-lg border border-line bg-sunken p-3"
      >
        <pre className="font-mono text-xs leading-5">{text}</pre>
      </section>
    </div>
  );
}
