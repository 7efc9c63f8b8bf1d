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
  /** Condition keys of the request; what is not here is not known. Undefined: nothing was said of the request. */
  readonly context?: ReadonlyMap<string, readonly string[]>;
}

export type CloudDecision = 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' | 'Conditional';

export interface CloudAnswer {
  readonly decision: CloudDecision;
  /** What decided, in words: the policy and its statement, the binding, the assignment. */
  readonly by: string;
  /** What a conditional answer hangs on. */
  readonly dependsOn?: readonly string[];
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
