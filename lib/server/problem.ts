import { ZodError } from 'zod';
import type { Problem } from '../api/contract.ts';
import { SourceError } from '../sources/source-error.ts';

/** A refusal that the person can do something about: the status and the words of an answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

function problemOf(error: unknown): Problem | undefined {
  const problem = (status: number, title: string, detail: string): Problem => ({ type: 'about:blank', title, status, detail });
  if (error instanceof Refused) return problem(error.status, error.title, error.message);
  if (error instanceof SourceError) return problem(400, 'Could not be read', error.message);
  if (error instanceof ZodError) {
    const said = error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`);
    return problem(400, 'Not understood', said.join('; '));
  }
  return undefined;
}

/**
 * Runs a route and turns its answer into JSON, its refusals into problem+json (RFC 9457). Anything else is a bug of ours: it is thrown on,
 * so that Next logs it and answers 500 without details.
 */
export async function answer(produce: () => unknown): Promise<Response> {
  try {
    return Response.json(await produce());
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    return new Response(JSON.stringify(problem), { status: problem.status, headers: { 'content-type': 'application/problem+json' } });
  }
}
