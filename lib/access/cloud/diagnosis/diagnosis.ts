import type { CloudEvidence, CloudLinkMethod, CloudProvider } from '../link.ts';

/** The steps from a service account to a call that works, in the order in which they are walked. */
export type StepId =
  | 'pointer'
  | 'token'
  | 'hand-out'
  | 'precedence'
  | 'endpoint'
  | 'issuer'
  | 'trust'
  | 'identity'
  | 'permission'
  | 'renewal';

/** `unknown`: it hangs on what was not read or cannot be seen; `skipped`: it is not asked here, and the sentence says why. */
export type StepStatus = 'ok' | 'failed' | 'unknown' | 'skipped';

/** What to change, and the command that does it. */
export interface Remedy {
  readonly says: string;
  readonly command?: string;
  readonly sideEffect?: string;
}

/** What a step found. */
export interface Finding {
  readonly status: StepStatus;
  /** One or two sentences. */
  readonly says: string;
  readonly evidence: readonly CloudEvidence[];
  readonly fix?: Remedy;
}

export interface DiagnosisStep extends Finding {
  readonly id: StepId;
  /** What the step looks at, in a word or two. */
  readonly title: string;
}

/** One way from the service account to one identity, walked step by step. */
export interface DiagnosedChain {
  readonly provider: CloudProvider;
  readonly method: CloudLinkMethod;
  readonly identity: string;
  readonly audience: string;
  /** Whether something points the service account at the identity; what nothing points at is no broken link. */
  readonly pointed: boolean;
  readonly state: 'works' | 'broken' | 'unknown';
  /** The first step that fails. */
  readonly failed?: StepId;
  readonly steps: readonly DiagnosisStep[];
}

/** Why a service account's cloud identities work or do not. */
export interface Diagnosis {
  /** `namespace/name` */
  readonly serviceAccount: string;
  /** Whether the service account itself was read. */
  readonly exists: boolean;
  /** `none`: nothing points it at a cloud identity. */
  readonly state: 'works' | 'broken' | 'unknown' | 'none';
  /** One sentence for all of it. */
  readonly says: string;
  readonly chains: readonly DiagnosedChain[];
  /** How many chains there are; `chains` holds the first of them. */
  readonly total: number;
}
