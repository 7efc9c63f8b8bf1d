import { API_ROOT } from '../../lib/api/contract.ts';
import { ApiProblem, problemOf, unreachable } from './api-problem.ts';

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** `/api/v1/PATH?…`; lists repeat their name, and what is undefined or empty is left out. */
export function apiUrl(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    if (typeof value === 'object') for (const one of value) search.append(name, one);
    else search.append(name, String(value));
  }
  const text = search.toString();
  return `${API_ROOT}/${path}${text === '' ? '' : `?${text}`}`;
}

/** Fetches JSON; throws `ApiProblem` for everything that is no answer, except that an abort stays an abort. */
export async function fetchJson<Answer>(url: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiProblem({
      status: response.status,
      title: 'The answer cannot be read',
      detail: 'the server sent something that is not JSON; look at its log',
    });
  }
}
