/** What a caller has to know of a source that gave nothing. */
export interface SourceErrorDetails {
  /** `snapshot`, `kubernetes`, `aws` … */
  readonly source: string;
  /** What was being done, for example `read ./dump` or `list pods`. */
  readonly operation: string;
  /** Whether the same call may work a little later. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/**
 * A source could give nothing usable. What is merely missing is a `Gap` in the inventory instead.
 * The message says what to do next and holds no credential and no secret value.
 */
export class SourceError extends Error {
  readonly source: string;
  readonly operation: string;
  readonly retryable: boolean;

  constructor(message: string, details: SourceErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'SourceError';
    this.source = details.source;
    this.operation = details.operation;
    this.retryable = details.retryable ?? false;
  }
}
