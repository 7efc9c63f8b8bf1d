'use client';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { QueryProvider } from '../api/query-provider.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';

/** Everything that pages expect around them: questions to the API, state in the URL, tooltips. */
export function Providers({ children }: { children: React.ReactNode }) {
  return (
    <QueryProvider>
      <NuqsAdapter>
        <TooltipProvider>{children}</TooltipProvider>
      </NuqsAdapter>
    </QueryProvider>
  );
}
