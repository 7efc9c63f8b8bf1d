import type { Problem, Status } from '../../lib/api/contract.ts';
import { ApiProblem, unreachable } from '../api/api-problem.ts';
import { apiUrl } from '../api/fetch-json.ts';

export interface Upload {
  readonly answer: Promise<Status>;
  readonly cancel: () => void;
}

function problemIn(request: XMLHttpRequest): ApiProblem {
  const isProblem = (request.getResponseHeader('content-type') ?? '').startsWith('application/problem+json');
  const body = isProblem ? readJson<Partial<Problem>>(request.responseText) : undefined;
  return new ApiProblem({
    status: request.status,
    title: body?.title ?? `The server answered ${request.status}`,
    detail: body?.detail ?? 'the server gave no reason; look at its log',
  });
}

function readJson<Body>(text: string): Body | undefined {
  try {
    return JSON.parse(text) as Body;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Sends a snapshot file. `onProgress` hears bytes sent and bytes in all; `fetch` cannot say that, hence XMLHttpRequest.
 * Rejects with `ApiProblem`, and with an AbortError when cancelled.
 */
export function postSnapshot(file: File, onProgress: (sent: number, total: number) => void): Upload {
  const request = new XMLHttpRequest();
  const answer = new Promise<Status>((resolve, reject) => {
    request.open('POST', apiUrl('snapshot'));
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.loaded, event.lengthComputable ? event.total : file.size);
    request.onload = () => {
      if (request.status < 200 || request.status >= 300) return reject(problemIn(request));
      const status = readJson<Status>(request.responseText);
      if (status) resolve(status);
      else reject(problemIn(request));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('the upload was cancelled', 'AbortError'));
    request.send(file);
  });
  return { answer, cancel: () => request.abort() };
}
