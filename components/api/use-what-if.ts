'use client';
import { useMutation } from '@tanstack/react-query';
import type { WhatIfAnswer } from '../../lib/api/what-if-contract.ts';
import { apiUrl, fetchJson } from './fetch-json.ts';
import { useJewels } from './use-jewels.ts';

/** Tries changes or manifests, as text in JSON or YAML, on what is loaded; nothing is kept and nothing is touched. */
export function useWhatIf() {
  const jewels = useJewels();
  return useMutation<WhatIfAnswer, Error, string>({
    mutationFn: (text) =>
      fetchJson<WhatIfAnswer>(apiUrl('what-if', { jewels }), {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/yaml' },
      }),
  });
}
