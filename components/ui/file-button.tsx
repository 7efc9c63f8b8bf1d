'use client';
import { useRef } from 'react';
import { Button } from './button.tsx';

interface FileButtonProps extends Pick<React.ComponentProps<typeof Button>, 'look' | 'disabled'> {
  /** Accessible name of the field behind the button. */
  readonly label: string;
  /** Endings of the files to offer: `.json,.yaml`. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

/** A button that lets one file be chosen; the same file can be chosen again. */
export function FileButton({ label, accept, onFile, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label={label}
        accept={accept}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <Button {...button} icon="upload" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </>
  );
}
