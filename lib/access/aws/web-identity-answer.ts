import type { PolicyStatement } from '../../inventory/aws.ts';

/** May this service account get this role with a token of this audience? */
export interface WebIdentityQuestion {
  /** `namespace/name` */
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly audience: string;
}

/** The answer, with a code for machines and a sentence for people. */
export interface WebIdentityAnswer {
  readonly canAssume: boolean | 'conditional';
  readonly code: string;
  readonly reason: string;
  /** Deciding statements of the trust policy. */
  readonly statements: readonly PolicyStatement[];
  /** What a conditional answer hangs on. */
  readonly dependsOn: readonly string[];
}
