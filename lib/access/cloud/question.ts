import type { CloudProvider } from './link.ts';

/** May an identity do something to a resource? */
export interface CloudQuestion {
  readonly provider: CloudProvider;
  /** Role ARN, email of a Google service account (or a `principal://` name), Azure client id. */
  readonly identity: string;
  /** `s3:GetObject`, `storage.objects.get`, `Microsoft.Storage/storageAccounts/read` */
  readonly action: string;
  /** ARN, full resource name, scope. */
  readonly resource: string;
  /**
   * Condition keys of the request. Given: all that the caller chooses is here, and what is not here is absent; facts that nobody chooses
   * (source address, time, tags of the resource) stay unknown unless they are listed. Undefined: nothing was said of the request.
   */
  readonly context?: ReadonlyMap<string, readonly string[]>;
  /** AWS only: a policy document to take for the resource's own, whether or not one was read: what if it said this? */
  readonly resourcePolicy?: unknown;
}

export type CloudDecision = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | 'Conditional';

export interface CloudAnswer {
  readonly decision: CloudDecision;
  /** What decided, in words: the policy and its statement, the binding, the assignment. */
  readonly by: string;
  /** What a conditional answer hangs on. */
  readonly dependsOn?: readonly string[];
}

/** A question that has no answer: it names an identity that is not there, or one that was not read. */
export interface CloudRefusal {
  /** What is wrong and what to do, for whoever asked. */
  readonly error: string;
}

/** May one cloud identity become another? */
export interface AssumeQuestion {
  readonly from: string;
  readonly to: string;
  readonly context?: ReadonlyMap<string, readonly string[]>;
}

export interface AssumeAnswer {
  /** `conditional`: it hangs on something that is not known. */
  readonly allowed: boolean | 'conditional';
  readonly code: string;
  readonly reason: string;
}
