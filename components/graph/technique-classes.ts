import type { TechniqueClass } from '../../lib/graph/kinds.ts';

const LABELS: Readonly<Record<TechniqueClass, { readonly label: string; readonly says: string }>> = {
  structure: { label: 'Structure', says: 'what runs where, what belongs to what' },
  token: { label: 'Tokens', says: 'tokens and secrets that can be read and used' },
  rbac: { label: 'RBAC', says: 'what Kubernetes permissions allow' },
  escape: { label: 'Escape', says: 'from a container to its node' },
  cloud: { label: 'Cloud', says: 'roles and permissions of the cloud account' },
  exposure: { label: 'Exposure', says: 'from the internet or the network to a pod' },
};

/** Every class of technique with its title. A class that is missing does not compile. */
export const CLASS_LABELS = LABELS;

/** The classes in the order of the filter. */
export const CLASSES = Object.keys(LABELS) as readonly TechniqueClass[];
