import { cloudLinks } from '../../access/cloud/links.ts';
import type { Population } from '../findings/finding.ts';
import type { FindingWorld } from './world.ts';

/** What findings are counted in. */
export const pods = (world: FindingWorld): Population => ({ total: world.podCount, of: 'pods' });
export const workloads = (world: FindingWorld): Population => ({ total: world.workloads.length, of: 'workloads' });
export const accounts = ({ inventory }: FindingWorld): Population => ({
  total: inventory.kubernetes.serviceAccounts.length,
  of: 'service accounts',
});
export const namespaces = ({ inventory, workloads: live }: FindingWorld): Population => ({
  total: new Set([...inventory.kubernetes.namespaces.map(({ name }) => name), ...live.map(({ namespace }) => namespace)]).size,
  of: 'namespaces',
});
export const roles = ({ inventory }: FindingWorld): Population => ({ total: inventory.kubernetes.roles.length, of: 'roles' });
export const bindings = ({ inventory }: FindingWorld): Population => ({ total: inventory.kubernetes.bindings.length, of: 'bindings' });
export const secrets = ({ inventory }: FindingWorld): Population => ({ total: inventory.kubernetes.secrets.length, of: 'secrets' });

/** Subjects that a binding names, each once. */
export const subjects = ({ rbac }: FindingWorld): Population => ({ total: rbac.bySubject.size, of: 'identities that a binding names' });

/** Service accounts and cloud identities that something connects. */
export const links = ({ inventory }: FindingWorld): Population => ({
  total: cloudLinks(inventory).length,
  of: 'links to cloud identities',
});

/** Cloud identities that something connects with the cluster. */
export const cloudIdentities = ({ inventory }: FindingWorld): Population => ({
  total: new Set(cloudLinks(inventory).map(({ provider, identity }) => `${provider} ${identity}`)).size,
  of: 'cloud identities that are connected',
});
