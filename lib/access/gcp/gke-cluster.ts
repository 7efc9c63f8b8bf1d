import type { GkeCluster } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { GcpIndex } from './gcp-index.ts';
import type { PoolName } from './identity.ts';

const LINK = /\/v1\/projects\/([^/]{1,100})\/(?:locations|zones)\/[^/]{1,100}\/clusters\/[^/]{1,100}$/;

/** `selfLink` of the GKE cluster that the Kubernetes objects are of; its issuer is the same text. Undefined: it is no GKE cluster, or not known. */
export function gkeLink({ cluster }: Inventory): string | undefined {
  const link = cluster.gkeSelfLink ?? cluster.issuer;
  return link?.startsWith('https://container.googleapis.com/') && LINK.test(link) ? link.replace('/zones/', '/locations/') : undefined;
}

/** The record of that cluster; undefined: it was not read. */
export function gkeCluster(inventory: Inventory): GkeCluster | undefined {
  const link = gkeLink(inventory);
  return link === undefined ? undefined : inventory.gcp.clusters.find(({ selfLink }) => selfLink === link);
}

/** The pool of a project's clusters. There is one for all of them: `PROJECT.svc.id.goog`. */
export function poolOfProject(index: GcpIndex, project: string, id = `${project}.svc.id.goog`): PoolName {
  const host = id.endsWith('.svc.id.goog') ? id.slice(0, -'.svc.id.goog'.length) : project;
  const number = index.projects.get(host)?.number;
  return { id, ...(number === undefined ? {} : { number }) };
}

/** The project that a cluster's link names. */
export const projectOfLink = (link: string): string => LINK.exec(link)?.[1] ?? '';

/** Whether some node pool of the cluster serves service accounts their own identity; undefined: no node pool was read. */
export function servesIdentities({ autopilot, nodePools }: GkeCluster): boolean | undefined {
  if (autopilot === true) return true;
  return nodePools.length === 0 ? undefined : nodePools.some(({ metadataMode }) => metadataMode === 'GKE_METADATA');
}
