import type { AwsAuthMapping } from './aws-auth.ts';
import { withDefaultRoles } from './default-roles.ts';
import { withExpectedPods } from './expected-pods.ts';
import type { Gap } from './gap.ts';
import type { Cluster, Inventory, KubernetesInventory } from './inventory.ts';
import { createAwsCollector, normaliseAwsAnswer } from './normalise/aws-answer.ts';
import { AwsAuthReading } from './normalise/aws-auth-reading.ts';
import { createAzureCollector } from './normalise/azure/azure-collector.ts';
import type { CloudAnswerOrigin } from './normalise/cloud-collector.ts';
import { chooseCluster } from './normalise/cluster-choice.ts';
import { withGapId } from './normalise/gap-id.ts';
import { createGcpCollector } from './normalise/gcp/gcp-collector.ts';
import { ObjectIntake, type ObjectOrigin } from './normalise/object-intake.ts';

export type { ObjectOrigin } from './normalise/object-intake.ts';

/** Where an AWS answer comes from: its file, and what the file's path says (`ACCOUNT/COMMAND/RESOURCE.json`). */
export interface AwsAnswerOrigin {
  readonly file: string;
  readonly account?: string;
  readonly command?: string;
  readonly resource?: string;
}

/** What may tell which cluster the objects are of, where nothing names it. */
export interface ClusterHint {
  /** Path that the objects were read from: its folders may be called after the cluster. */
  readonly path?: string;
  /** Records of the cluster that another builder keeps. */
  readonly records?: Pick<KubernetesInventory, 'nodes' | 'serviceAccounts'>;
}

/** Takes objects as they come from the API or kubectl, in any order, keeps what the inventory keeps, merges duplicates. Pure; no I/O. */
export interface InventoryBuilder {
  /** One object that is not a List. Whether the inventory uses that kind. A malformed one adds a gap and is left out; never throws for data. */
  addObject(object: unknown, origin: ObjectOrigin): boolean;
  /** One answer of the `aws` command. False: it is none that is known. */
  addAwsAnswer(answer: unknown, origin: AwsAnswerOrigin): boolean;
  /** One answer of Google Cloud's REST APIs or of `gcloud … --format json`. False: it is none. */
  addGcpAnswer(answer: unknown, origin: CloudAnswerOrigin): boolean;
  /** One answer of Azure's management or Graph REST APIs or of `az … -o json`. False: it is none. */
  addAzureAnswer(answer: unknown, origin: CloudAnswerOrigin): boolean;
  /** The entries of the ConfigMap kube-system/aws-auth, parsed; none: it is not there, or empty. `resourceVersion` is the ConfigMap's. */
  addAwsAuth(mappings: readonly AwsAuthMapping[], resourceVersion?: string): void;
  addGap(gap: Omit<Gap, 'id'>): void;
  setCluster(cluster: Partial<Cluster>): void;
  hintCluster(hint: ClusterHint): void;
  /**
   * Everything so far, sorted, without duplicates. `cluster` is a name, an ARN, a selfLink, a resource id or an issuer, and chooses where
   * the data names several; `path` is a hint as `hintCluster` takes it.
   */
  finish(options?: { readonly cluster?: string; readonly path?: string; readonly asOf?: string }): Inventory;
}

export function createInventoryBuilder(): InventoryBuilder {
  return new CollectingBuilder();
}

class CollectingBuilder implements InventoryBuilder {
  readonly #objects = new ObjectIntake((gap) => this.addGap(gap));
  readonly #aws = createAwsCollector();
  readonly #gcp = createGcpCollector();
  readonly #azure = createAzureCollector();
  readonly #awsAuth = new AwsAuthReading();
  readonly #gaps = new Map<string, Gap>();
  readonly #said = {
    issuers: new Set<string>(),
    versions: new Set<string>(),
    servers: new Set<string>(),
    names: new Set<string>(),
    paths: new Set<string>(),
  };
  readonly #hinted: NonNullable<ClusterHint['records']>[] = [];

  addObject(object: unknown, origin: ObjectOrigin): boolean {
    return this.#objects.add(object, origin);
  }

  addAwsAnswer(answer: unknown, origin: AwsAnswerOrigin): boolean {
    return normaliseAwsAnswer(answer, origin, this.#aws);
  }

  addGcpAnswer(answer: unknown, origin: CloudAnswerOrigin): boolean {
    return this.#gcp.add(answer, origin);
  }

  addAzureAnswer(answer: unknown, origin: CloudAnswerOrigin): boolean {
    return this.#azure.add(answer, origin);
  }

  addAwsAuth(mappings: readonly AwsAuthMapping[], resourceVersion?: string): void {
    this.#awsAuth.add(mappings, resourceVersion);
  }

  addGap(gap: Omit<Gap, 'id'>): void {
    const whole = withGapId(gap);
    this.#gaps.set(whole.id, whole);
  }

  setCluster({ issuer, name, server, version }: Partial<Cluster>): void {
    if (issuer) this.#said.issuers.add(issuer);
    if (version) this.#said.versions.add(version);
    if (server) this.#said.servers.add(server);
    if (name) this.#said.names.add(name);
  }

  hintCluster({ path, records }: ClusterHint): void {
    if (path) this.#said.paths.add(path);
    if (records !== undefined) this.#hinted.push(records);
  }

  finish({ cluster: asked, path, asOf }: { readonly cluster?: string; readonly path?: string; readonly asOf?: string } = {}): Inventory {
    if (path !== undefined) this.hintCluster({ path });
    const uncounted = this.#objects.end();
    const kubernetes = { ...withDefaultRoles(withExpectedPods(this.#objects.stores.list())), ...this.#awsAuth.list() };
    const aws = this.#aws.finish();
    const gcp = this.#gcp.finish();
    const azure = this.#azure.finish();
    const choice = chooseCluster({
      ...this.#said,
      uids: this.#objects.clusterUids,
      managed: { eks: aws.aws.eksClusters, gke: gcp.part.clusters, aks: azure.part.clusters },
      instances: aws.aws.instances,
      credentials: azure.part.federatedCredentials,
      nodes: [kubernetes, ...this.#hinted].flatMap(({ nodes }) => nodes),
      serviceAccounts: [kubernetes, ...this.#hinted].flatMap(({ serviceAccounts }) => serviceAccounts),
      ...(asked === undefined ? {} : { asked }),
    });
    const all = new Map(this.#gaps);
    for (const gap of [...aws.gaps, ...gcp.gaps, ...azure.gaps, ...choice.gaps, ...uncounted].map(withGapId)) all.set(gap.id, gap);
    return {
      cluster: choice.cluster,
      ...(asOf === undefined ? {} : { asOf }),
      kubernetes,
      aws: aws.aws,
      gcp: gcp.part,
      azure: azure.part,
      gaps: [...all.values()].sort(byPlace),
    };
  }
}

function byPlace(one: Gap, other: Gap): number {
  const left = [one.source, one.file ?? '', one.what, one.where ?? '', one.id];
  const right = [other.source, other.file ?? '', other.what, other.where ?? '', other.id];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
}
