'use client';
import { useState } from 'react';
import type { FindingAnswer, FindingSummary } from '../../lib/api/findings-contract.ts';
import { fetchAllFindings } from '../api/fetch-all-findings.ts';
import type { FindingFilters } from '../api/use-findings.ts';
import { downloadFile } from '../ui/download-file.ts';
import { findingsCsv } from './findings-csv.ts';

/** The findings that are shown, with all of their rows, as files. `busy` says so while they are read, `error` why they could not be. */
export function useExport(findings: readonly FindingSummary[], filters: FindingFilters) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const save = (write: (answers: readonly FindingAnswer[]) => void) => () => {
    setBusy(true);
    setError(undefined);
    fetchAllFindings(findings, filters)
      .then(write, (reason: Error) => setError(reason))
      .finally(() => setBusy(false));
  };
  const items = [
    { label: 'CSV', onSelect: save((answers) => downloadFile('podreach-findings.csv', 'text/csv', findingsCsv(answers))) },
    {
      label: 'JSON',
      onSelect: save((answers) => downloadFile('podreach-findings.json', 'application/json', JSON.stringify(answers, null, 2))),
    },
  ];
  return { items, busy, error };
}
