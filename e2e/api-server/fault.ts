/** What the request is, as far as a rule may ask. */
export interface ServedRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined for paths that are no list, such as `/version`. */
  readonly plural?: string;
  readonly namespace?: string;
  /** The how manieth page of its list, from 1. */
  readonly page: number;
}

/** What goes wrong. */
export type FaultKind =
  /** Any status, with a Status body unless one is given. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** The connection is closed before any answer. */
  | { readonly kind: 'reset' }
  /** The connection is closed when half of the body is out. */
  | { readonly kind: 'reset-mid-body' }
  /** A complete answer, whose JSON stops in the middle. */
  | { readonly kind: 'truncated-json' }
  /** A body given by the test, status 200. */
  | { readonly kind: 'body'; readonly body: string | Buffer; readonly headers?: Record<string, string> }
  /** The answer comes, but late. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** No answer comes. */
  | { readonly kind: 'silence' }
  /** 410, as for a continue token that is too old. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** Whole objects, where metadata only was asked for. */
  | { readonly kind: 'ignore-accept' };

/** A fault, where it strikes and how often (for ever unless said). */
export interface Fault {
  readonly does: FaultKind;
  readonly when: Partial<Pick<ServedRequest, 'path' | 'plural' | 'namespace' | 'page'>>;
  readonly times?: number;
  /** Called each time it strikes, for a cluster that changes meanwhile. */
  readonly onStrike?: () => void;
}

/** Gives the fault that the next request meets; each strikes as often as it may. */
export function createFaults(faults: readonly Fault[]): (request: ServedRequest) => FaultKind | undefined {
  const left = faults.map(({ times }) => times ?? Number.POSITIVE_INFINITY);
  return (request) => {
    const index = faults.findIndex(({ when }, at) => (left[at] ?? 0) > 0 && matches(when, request));
    if (index < 0) return undefined;
    left[index] = (left[index] ?? 0) - 1;
    faults[index]?.onStrike?.();
    return faults[index]?.does;
  };
}

function matches(when: Fault['when'], request: ServedRequest): boolean {
  return (
    (when.path === undefined || when.path === request.path) &&
    (when.plural === undefined || when.plural === request.plural) &&
    (when.namespace === undefined || when.namespace === request.namespace) &&
    (when.page === undefined || when.page === request.page)
  );
}
