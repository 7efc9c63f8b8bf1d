import type { Problem } from '../../lib/api/contract.ts';

/** An answer that is a problem (RFC 9457), or no answer at all (`status` 0). `message` is the detail. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;

  constructor(problem: Pick<Problem, 'status' | 'title' | 'detail'>) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
  }
}

/** Reads a failed response as a problem; a body that is none still gives a title and something to do. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const isProblem = (response.headers.get('content-type') ?? '').startsWith('application/problem+json');
  const body: Partial<Problem> = isProblem ? await response.json().catch(() => ({})) : {};
  return new ApiProblem({
    status: response.status,
    title: body.title ?? `The server answered ${response.status}`,
    detail: body.detail ?? 'the server gave no reason; look at its log',
  });
}

/** What a person reads when the server does not answer. */
export function unreachable(): ApiProblem {
  return new ApiProblem({ status: 0, title: 'Podreach does not answer', detail: 'check that the server still runs, then try again' });
}
