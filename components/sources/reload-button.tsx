'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Status } from '../../lib/api/contract.ts';
import { apiUrl, fetchJson } from '../api/fetch-json.ts';
import { STATUS_KEY } from '../api/use-status.ts';
import { Button } from '../ui/button.tsx';

/** Reads the configured source again. */
export function ReloadButton({ loading, onError }: { loading: boolean; onError: (error: Error | undefined) => void }) {
  const client = useQueryClient();
  const reload = useMutation({
    mutationFn: () => fetchJson<Status>(apiUrl('reload'), { method: 'POST' }),
    onMutate: () => onError(undefined),
    onSuccess: (status) => client.setQueryData(STATUS_KEY, status),
    onError: (error) => {
      onError(error);
      void client.invalidateQueries({ queryKey: STATUS_KEY });
    },
  });
  const busy = loading || reload.isPending;
  return (
    <Button size="small" icon="reload" disabled={busy} onClick={() => reload.mutate()}>
      {busy ? 'Reloading' : 'Reload'}
    </Button>
  );
}
