import type { Container, Pod, PodSpec, ServiceAccount, Volume, Workload } from '../kubernetes.ts';
import { TOKEN_VOLUME } from '../token-volume.ts';
import { byPlace, byVariable } from './secret-places.ts';
import { isSame, threeWay } from './three-way.ts';

/** The name under which the inventory keeps the token volume that the API server adds (normalise/volumes.ts). */
/** Where that volume is mounted. Source: plugin/pkg/admission/serviceaccount/admission.go, DefaultAPITokenMountPath. */
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Source: the same file, WarnOnlyBoundTokenExpiration is 3607 seconds. */
const TOKEN_SECONDS = 3607;

/** Whether the API server adds a token to pods of this spec. Source: plugin/pkg/admission/serviceaccount/admission.go, shouldAutomount. */
function isAutomounted(spec: PodSpec, account: ServiceAccount | undefined): boolean {
  return spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
}

/** Places in lists as they are now: pointers are made of them. */
function renumbered(spec: PodSpec): PodSpec {
  const counts = new Map<string, number>();
  const containers = spec.containers.map((container): Container => {
    const index = counts.get(container.list) ?? 0;
    counts.set(container.list, index + 1);
    return container.index === index ? container : { ...container, index };
  });
  const volumes = spec.volumes.map((volume, index): Volume => (volume.index === index ? volume : { ...volume, index }));
  return { ...spec, containers, volumes };
}

function withoutTokenVolume(spec: PodSpec, template: PodSpec): PodSpec {
  if (template.volumes.some(({ name }) => name === TOKEN_VOLUME)) return spec;
  return {
    ...spec,
    volumes: spec.volumes.filter(({ name }) => name !== TOKEN_VOLUME),
    containers: spec.containers.map((container) => ({
      ...container,
      volumeMounts: container.volumeMounts.filter(({ volume }) => volume !== TOKEN_VOLUME),
    })),
  };
}

function withTokenVolume(spec: PodSpec): PodSpec {
  if (spec.volumes.some(({ name }) => name === TOKEN_VOLUME)) return spec;
  const token = { expirationSeconds: TOKEN_SECONDS, path: 'token', source: 0 };
  const volume: Volume = { index: spec.volumes.length, name: TOKEN_VOLUME, projectedSecrets: [], tokens: [token], source: 'projected' };
  const containers = spec.containers.map((container): Container => {
    // Ephemeral containers come after admission of the pod and get none.
    if (container.list === 'ephemeralContainers' || container.volumeMounts.some(({ mountPath }) => mountPath === TOKEN_PATH))
      return container;
    return { ...container, volumeMounts: [...container.volumeMounts, { volume: TOKEN_VOLUME, mountPath: TOKEN_PATH, readOnly: true }] };
  });
  return { ...spec, volumes: [...spec.volumes, volume], containers };
}

/** A pod's spec as admission leaves it: with the token volume or without. */
export function admittedSpec(spec: PodSpec, template: PodSpec, account: ServiceAccount | undefined): PodSpec {
  const bare = withoutTokenVolume(spec, template);
  return renumbered(isAutomounted(bare, account) ? withTokenVolume(bare) : bare);
}

/** Specs that are made once for all copies of one. */
export class RollOut {
  readonly #made = new Map<PodSpec, PodSpec>();
  readonly #base: Workload;
  readonly #next: Workload;
  readonly #accountOf: (name: string) => ServiceAccount | undefined;

  constructor(base: Workload, next: Workload, accountOf: (name: string) => ServiceAccount | undefined) {
    this.#base = base;
    this.#next = next;
    this.#accountOf = accountOf;
  }

  /** Whether the template is another one, so that pods are made anew. */
  static isNeeded(base: Workload, next: Workload): boolean {
    return !isSame(base.spec, next.spec) || !isSame(base.template, next.template);
  }

  /** The pod as the changed template makes it: its name and node stay, so that the two can be compared. */
  podOf(pod: Pod): Pod {
    const template = (key: 'labels' | 'annotations'): Pod['labels'] =>
      threeWay(this.#base.template[key], this.#next.template[key], pod[key]) as Pod['labels'];
    return { ...pod, labels: template('labels'), annotations: template('annotations'), spec: this.#specOf(pod) };
  }

  #specOf({ spec, uid }: Pod): PodSpec {
    const known = this.#made.get(spec);
    if (known !== undefined) return known;
    const [base, next, live] = [this.#base.spec, this.#next.spec, spec].map(byVariable);
    const merged = renumbered(byPlace(threeWay(base, next, live) as PodSpec));
    // What nobody has admitted has no volume of admission's.
    const made = uid === undefined ? merged : admittedSpec(merged, this.#next.spec, this.#accountOf(merged.serviceAccountName));
    this.#made.set(spec, made);
    return made;
  }
}
