/**
 * What whoever writes one of a deputy's custom resources gets from the controller that acts on it:
 * - `acts-as-controller`: does with it what the controller's service account may do;
 * - `cluster-admin`: the controller does anything at all for it;
 * - `makes-any-pod`: pods whose spec is the writer's, privileges included;
 * - `runs-privileged-image`: an image of the writer's in privileged pods of the controller's own;
 * - `makes-limited-pod`: pods whose service account and volumes are the writer's, and whose privileges are not;
 * - `mints-tokens`: tokens of service accounts that the writer names;
 * - `reads-secrets`: values of secrets that the writer names.
 */
export const DEPUTY_GAINS = [
  'acts-as-controller',
  'cluster-admin',
  'makes-any-pod',
  'runs-privileged-image',
  'makes-limited-pod',
  'mints-tokens',
  'reads-secrets',
] as const;
export type DeputyGain = (typeof DEPUTY_GAINS)[number];

/** A controller that does more for the writer of a custom resource than the writer could do himself. */
export interface Deputy {
  /** `product/what`, unique. */
  readonly id: string;
  readonly product: string;
  /** API group of the resources. */
  readonly group: string;
  /** Plural names. */
  readonly resources: readonly string[];
  /** True: the resources lie in no namespace, and what they give holds everywhere. */
  readonly clusterScoped?: true;
  readonly gain: DeputyGain;
  /**
   * Names of the controller's service account in its own manifests and charts; a release's name may stand in front, with a dash, of a name
   * that has one itself. None: it is known by its rights alone.
   */
  readonly accounts: readonly string[];
  /** Resources of the group that the account has to be able to watch to be taken for the controller's; undefined: any of `resources`; none: its name alone will do. */
  readonly watches?: readonly string[];
  /** That the controller looks at objects in its own namespace alone: always (`only`), or unless it is told otherwise (`usually`). */
  readonly home?: 'only' | 'usually';
  /** True: the controller is part of the control plane and has no service account that shows it. */
  readonly inControlPlane?: true;
  /** True: secrets are read in the controller's own namespace, wherever the object is. */
  readonly readsOwnNamespace?: true;
  /** What writing one does, as words behind "whoever writes one". */
  readonly does: string;
  /** What may stop it, as words behind "hangs on"; undefined: nothing in the product does. */
  readonly hangsOn?: string;
  /** Where the product says so. */
  readonly source: string;
}
