'use client';
import { useState } from 'react';
import type { ReachAnswer } from '../../lib/api/contract.ts';
import type { CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { fetchAllReached } from '../api/fetch-all-reached.ts';
import { fetchJson } from '../api/fetch-json.ts';
import { cutsUrl } from '../api/use-cuts.ts';
import { useJewels } from '../api/use-jewels.ts';
import { useStatus } from '../api/use-status.ts';
import { copyText } from '../ui/copy-text.ts';
import { downloadFile } from '../ui/download-file.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { ExportMenu } from '../ui/export-menu.tsx';
import { whole } from '../ui/numbers.ts';
import { incidentMarkdown } from './incident-markdown.ts';
import { reachedCsv } from './reached-csv.ts';

type Format = 'markdown-copy' | 'markdown' | 'csv' | 'json';

/** Takes the whole answer away: reads every page first, whatever the table shows. */
export function ExportIncident({ answer }: { answer: ReachAnswer }) {
  const { data: status } = useStatus();
  const jewels = useJewels();
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<Error>();
  const [said, setSaid] = useState('');

  const run = async (format: Format) => {
    const from = answer.from.map((node) => node.id);
    const rows = await fetchAllReached({ from }, (count, total) => setBusy(`Reading ${whole(count)} of ${whole(total)}`));
    const name = `podreach-${answer.from[0]?.name ?? 'incident'}`;
    if (format === 'csv') return downloadFile(`${name}.csv`, 'text/csv', reachedCsv(rows));
    const cut = await fetchJson<CutsAnswer>(cutsUrl({ from, jewels }));
    if (format === 'json')
      return downloadFile(`${name}.json`, 'application/json', JSON.stringify({ ...answer, reached: rows, cut }, null, 2));
    const text = incidentMarkdown({
      cut,
      answer,
      rows,
      status: status ?? { cluster: {}, source: { type: 'snapshot', label: 'unknown' } },
      writtenAt: new Date().toISOString(),
      link: location.href,
    });
    if (format === 'markdown') return downloadFile(`${name}.md`, 'text/markdown', text);
    setSaid((await copyText(text)) ? 'Markdown copied' : 'Copying failed: download it instead');
  };
  const start = (format: Format) => {
    setError(undefined);
    setSaid('');
    setBusy('Reading');
    run(format)
      .catch((reason: unknown) => setError(reason instanceof Error ? reason : new Error(String(reason))))
      .finally(() => setBusy(undefined));
  };
  return (
    <>
      <span aria-live="polite" className="self-center text-muted text-xs">
        {said}
      </span>
      {error && <ErrorState error={error} />}
      <ExportMenu
        busy={busy}
        items={[
          { label: 'Copy as Markdown', icon: 'copy', onSelect: () => start('markdown-copy') },
          { label: 'Markdown', icon: 'download', onSelect: () => start('markdown') },
          { label: 'CSV', icon: 'download', onSelect: () => start('csv') },
          { label: 'JSON', icon: 'download', onSelect: () => start('json') },
        ]}
      />
    </>
  );
}
