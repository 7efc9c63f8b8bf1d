import { createInventoryBuilder } from '../../../inventory/builder.ts';
import type { GkeCluster } from '../../../inventory/gcp.ts';
import type { Inventory } from '../../../inventory/inventory.ts';
import { ClusterFixture } from '../../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

/** A binding as policies print it: `bind('roles/viewer', 'user:a@b.c')`, and with a condition. */
export const bind = (role: string, ...members: string[]): Json => ({ role, members });
export const bindWhen = (expression: string, role: string, ...members: string[]): Json => ({ role, members, condition: { expression } });

export const NUMBER = '1111';
export const PROJECT = 'acme';
export const POOL = `${PROJECT}.svc.id.goog`;
export const LINK = `https://container.googleapis.com/v1/projects/${PROJECT}/locations/eu/clusters/main`;
const PRINCIPALS = `iam.googleapis.com/projects/${NUMBER}/locations/global/workloadIdentityPools/${POOL}`;

export const gsa = (name: string, project = PROJECT): string => `${name}@${project}.iam.gserviceaccount.com`;
export const gsaMember = (name: string): string => `serviceAccount:${gsa(name)}`;
/** `short('shop/api')`, `subject('shop/api')`, `set('namespace/shop')`. */
export const short = (path: string, pool = POOL): string => `serviceAccount:${pool}[${path}]`;
export const subject = (path: string): string => `principal://${PRINCIPALS}/subject/ns/${path.replace('/', '/sa/')}`;
export const set = (rest: string): string => `principalSet://${PRINCIPALS}/${rest}`;

const DEFAULT_POOLS: readonly Json[] = [
  {
    name: 'general',
    config: {
      serviceAccount: 'default',
      oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
    },
  },
];

/**
 * A small Google Cloud beside a small cluster, written as the answers of its APIs: they pass through the same normaliser as real ones.
 * Project `acme` (number 1111) with a GKE cluster `main`; `google().account('api', bind(…)).project(bind(…)).inventory()`.
 */
export class GoogleFixture extends ClusterFixture {
  readonly #answers: { readonly path: string; readonly answer: Json }[] = [];
  readonly #accounts: Json[] = [];
  #link: string | undefined = LINK;
  #issuer: string | undefined;
  #asOf: string | undefined = '2026-01-01T00:00:00Z';

  /** Another answer, by the path that tells what it is. */
  answer(path: string, answer: Json): this {
    this.#answers.push({ path: `${path}.json`, answer });
    return this;
  }

  /** A service account with its policy. */
  account(name: string, ...bindings: Json[]): this {
    return this.accountWith(name, {}, ...bindings);
  }

  accountWith(name: string, more: Json, ...bindings: Json[]): this {
    this.unreadAccount(name, more);
    return this.answer(`iam.v1.projects.serviceAccounts.getIamPolicy/${gsa(name)}`, { etag: 'A', bindings });
  }

  unreadAccount(name: string, more: Json = {}): this {
    this.#accounts.push({ email: gsa(name), uniqueId: `${this.#accounts.length + 1}`, projectId: PROJECT, ...more });
    return this;
  }

  /** The allow policy of the project. */
  project(...bindings: Json[]): this {
    return this.answer(`cloudresourcemanager.v3.projects.getIamPolicy/${PROJECT}`, { etag: 'A', bindings });
  }

  /** A role as `roles.get` prints it. */
  gcpRole(name: string, ...permissions: string[]): this {
    return this.answer(`iam.v1.roles.get/${name.replaceAll('/', '_')}`, { name, title: name, includedPermissions: permissions });
  }

  deny(rule: Json): this {
    const name = `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${NUMBER}/denypolicies/d`;
    return this.answer(`iam.v2.policies.denypolicies.list/${PROJECT}`, {
      policies: [{ name, kind: 'DenyPolicy', rules: [{ denyRule: rule }] }],
    });
  }

  /** The GKE cluster; node pools as the container API prints them. `false` in the place of the pool: Workload Identity is off. */
  gke(nodePools: readonly Json[] = DEFAULT_POOLS, workloadPool: string | false = POOL): this {
    const cluster = {
      name: 'main',
      selfLink: LINK,
      nodePools,
      ...(workloadPool === false ? {} : { workloadIdentityConfig: { workloadPool } }),
    };
    return this.answer(`container.v1.projects.locations.clusters.list/${PROJECT}`, { clusters: [cluster] });
  }

  /** Which cluster the objects are of; undefined: nobody knows. An issuer makes it one elsewhere. */
  at({ link, issuer, asOf }: { link?: string | undefined; issuer?: string; asOf?: string | undefined }): this {
    this.#link = link;
    this.#issuer = issuer;
    if (asOf !== undefined) this.#asOf = asOf;
    return this;
  }

  /** Without a time conditions on it stay open. */
  timeless(): this {
    this.#asOf = undefined;
    return this;
  }

  /** A service account of the cluster, annotated where an email is given. */
  ksa(path: string, annotation?: string, uid = `uid-of-${path}`): this {
    const slash = path.indexOf('/');
    const annotations = annotation === undefined ? {} : { annotations: { 'iam.gke.io/gcp-service-account': annotation } };
    return this.add({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { namespace: path.slice(0, slash), name: path.slice(slash + 1), uid, ...annotations },
    });
  }

  override inventory(): Inventory {
    const builder = createInventoryBuilder();
    for (const [index, object] of this.objects.entries())
      builder.addObject(object, { source: 'snapshot', file: 'fixture.json', pointer: `/items/${index}` });
    const project = { name: `projects/${NUMBER}`, projectId: PROJECT, state: 'ACTIVE' };
    const all = [
      { path: `cloudresourcemanager.v3.projects.get/${PROJECT}.json`, answer: project as Json },
      { path: `iam.v1.projects.serviceAccounts.list/${PROJECT}.json`, answer: { accounts: this.#accounts } as Json },
      ...this.#answers,
    ];
    for (const { path, answer } of all) if (!builder.addGcpAnswer(answer, { file: path, path })) throw new Error(`not taken: ${path}`);
    const made = builder.finish();
    const { gkeSelfLink: _link, issuer: _issuer, ...cluster } = made.cluster;
    return {
      ...made,
      ...(this.#asOf === undefined ? {} : { asOf: this.#asOf }),
      cluster: {
        ...cluster,
        ...(this.#link === undefined ? {} : { gkeSelfLink: this.#link }),
        ...(this.#issuer === undefined ? {} : { issuer: this.#issuer }),
      },
    };
  }
}

export const google = (): GoogleFixture => new GoogleFixture();

/** A node pool as the container API prints it. */
export const nodePool = (name: string, mode: GkeCluster['nodePools'][number]['metadataMode'], serviceAccount = 'default'): Json => ({
  name,
  config: {
    serviceAccount,
    oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    ...(mode === undefined ? {} : { workloadMetadataConfig: { mode } }),
  },
});
