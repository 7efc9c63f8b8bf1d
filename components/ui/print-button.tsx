'use client';
import { Button } from './button.tsx';

/** Opens the browser's print dialog; every page has a print style. */
export function PrintButton() {
  return (
    <Button icon="print" onClick={() => window.print()}>
      Print
    </Button>
  );
}
