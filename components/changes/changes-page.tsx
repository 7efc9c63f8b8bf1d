'use client';
import { parseAsNativeArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useWhatIf } from '../api/use-what-if.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Page } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ChangesForm } from './changes-form.tsx';
import { WhatIfResult } from './what-if-result.tsx';

/** Changes that a link names, as text that can be edited before it is tried. */
const textOf = (keys: readonly string[]): string =>
  keys.length === 0 ? '' : JSON.stringify({ changes: keys.map((change) => ({ change })) }, null, 2);

/** What would be if: paste changes or manifests, see which ways open and which close. */
export function ChangesPage() {
  const [keys] = useQueryState('change', parseAsNativeArrayOf(parseAsString));
  const tried = useWhatIf();
  return (
    <Page title="What if" meta={tried.data?.tookMs !== undefined && `Worked out in ${tried.data.tookMs} ms`}>
      <ChangesForm key={keys.join('\n')} initial={textOf(keys)} busy={tried.isPending} onTry={(text) => tried.mutate(text)} />
      <div aria-live="polite" className="mt-5">
        {tried.error && <ErrorState error={tried.error} />}
        {tried.isPending && (
          <output className="block">
            <span className="sr-only">Working it out</span>
            <Skeleton className="h-64" />
          </output>
        )}
        {tried.data !== undefined && !tried.isPending && <WhatIfResult answer={tried.data} />}
      </div>
    </Page>
  );
}
