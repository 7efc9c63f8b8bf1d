import type { Inventory } from '../../inventory/inventory.ts';
import type { GcpIndex } from './gcp-index.ts';
import { gkeLink, poolOfProject, projectOfLink } from './gke-cluster.ts';
import { type GcpIdentity, kubernetesIdentity, type PoolName } from './identity.ts';
import { memberOf } from './members.ts';
import { federatedPopulations } from './population.ts';

/**
 * The identity that a question names: the email of a service account (with or without `serviceAccount:`), `serviceAccount:POOL[NS/NAME]` or
 * `POOL[NS/NAME]`, a `principal://` name, or `NS/NAME` of the cluster at hand. Undefined: it is none of them.
 */
export function questionIdentity(inventory: Inventory, index: GcpIndex, text: string): GcpIdentity | undefined {
  if (/^[^@/[\]\s:]{1,100}@[a-z0-9.-]{3,200}$/.test(text)) return { kind: 'service-account', email: text };
  const member = memberOf(text.startsWith('principal') || text.startsWith('serviceAccount:') ? text : `serviceAccount:${text}`);
  if (member.kind === 'service-account') return member;
  if (member.kind === 'pool')
    return member.who.kind === 'subject' ? subjectIdentity(inventory, index, { ...member, subject: member.who.value }) : undefined;
  const local = /^([^/[\]\s:]{1,253})\/([^/[\]\s:]{1,253})$/.exec(text);
  return local === null ? undefined : localIdentity(inventory, index, { namespace: local[1] as string, name: local[2] as string });
}

interface Subject {
  readonly pool: string;
  readonly number?: string;
  readonly subject: string;
}

const KUBERNETES = /^ns\/([^/]{1,253})\/sa\/([^/]{1,253})$/;

function subjectIdentity(inventory: Inventory, index: GcpIndex, { pool: id, number, subject }: Subject): GcpIdentity {
  const kubernetes = KUBERNETES.exec(subject);
  const project = id.endsWith('.svc.id.goog') ? id.slice(0, -'.svc.id.goog'.length) : undefined;
  const pool: PoolName =
    number === undefined && project !== undefined ? poolOfProject(index, project) : { id, ...(number === undefined ? {} : { number }) };
  if (kubernetes === null || project === undefined) {
    const resident = federatedPopulations(inventory)
      .filter((population) => population.pool.id === id && population.pool.number === pool.number)
      .flatMap((population) => population.residents)
      .find(({ identity }) => identity.subject === subject);
    return resident?.identity ?? { kind: 'federated', pool, subject, attributes: new Map() };
  }
  const [, namespace = '', name = ''] = kubernetes;
  const link = gkeLink(inventory);
  return inPool(inventory, { pool, namespace, name, link: link !== undefined && projectOfLink(link) === project ? link : undefined });
}

/** In the cluster's own pool, else in the one pool that takes its tokens. */
function localIdentity(
  inventory: Inventory,
  index: GcpIndex,
  { namespace, name }: { namespace: string; name: string },
): GcpIdentity | undefined {
  const link = gkeLink(inventory);
  if (link !== undefined) return inPool(inventory, { pool: poolOfProject(index, projectOfLink(link)), namespace, name, link });
  const [only, ...others] = federatedPopulations(inventory);
  return others.length > 0 ? undefined : only?.byKey.get(`${namespace}/${name}`)?.identity;
}

interface Place {
  readonly pool: PoolName;
  readonly namespace: string;
  readonly name: string;
  readonly link: string | undefined;
}

/** The uid is that of the account in the data, where the pool is the cluster's. */
function inPool(inventory: Inventory, { pool, namespace, name, link }: Place): GcpIdentity {
  const account =
    link === undefined ? undefined : inventory.kubernetes.serviceAccounts.find((one) => one.namespace === namespace && one.name === name);
  return kubernetesIdentity({
    pool,
    namespace,
    name,
    ...(account?.uid === undefined ? {} : { uid: account.uid }),
    ...(link === undefined ? {} : { cluster: link }),
  });
}
