import type { Inventory } from '../../inventory/inventory.ts';
import type { GcpIndex } from './gcp-index.ts';
import { gkeLink, poolOfProject, projectOfLink } from './gke-cluster.ts';
import { type GcpIdentity, kubernetesIdentity, type PoolName } from './identity.ts';
import { memberOf } from './members.ts';
import { federatedPopulations } from './population.ts';
import { accountEmail } from './resource-name.ts';

/**
 * The identity that a question names: the email, number or resource name of a service account (with or without `serviceAccount:`),
 * `serviceAccount:POOL[NS/NAME]` or `POOL[NS/NAME]`, a `principal://` name, or `NS/NAME`, `ns/NS/sa/NAME` or `system:serviceaccount:NS:NAME`
 * of the cluster at hand. Undefined: it is none of them; people and groups are not answered for.
 */
export function questionIdentity(inventory: Inventory, index: GcpIndex, text: string): GcpIdentity | undefined {
  const member = memberOf(text.startsWith('principal') || text.startsWith('serviceAccount:') ? text : `serviceAccount:${text}`);
  if (member.kind === 'pool')
    return member.who.kind === 'subject' ? subjectIdentity(inventory, index, { ...member, subject: member.who.value }) : undefined;
  const email = accountEmail(index, member.kind === 'service-account' ? member.email : text);
  if (email !== undefined) return { kind: 'service-account', email };
  const [, namespace, name] = LOCAL.map((pattern) => pattern.exec(text)).find((match) => match !== null) ?? [];
  return namespace === undefined || name === undefined ? undefined : localIdentity(inventory, index, { namespace, name });
}

const LOCAL = [
  /^(?:sa:)?([^/[\]\s:]{1,253})\/([^/[\]\s:]{1,253})$/,
  /^ns\/([^/[\]\s:]{1,253})\/sa\/([^/[\]\s:]{1,253})$/,
  /^system:serviceaccount:([^/[\]\s:]{1,253}):([^/[\]\s:]{1,253})$/,
];

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
