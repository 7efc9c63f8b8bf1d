import { CLOUD_AND_BACKUP } from './cloud.ts';
import type { Deputy } from './deputy.ts';
import { GITOPS } from './gitops.ts';
import { JOBS } from './jobs.ts';
import { MUTATORS } from './mutators.ts';
import { SECRETS } from './secrets.ts';
import { SERVERS } from './servers.ts';

/**
 * The catalogue: every controller that does more for the writer of a custom resource than the writer could do himself. One more is one more
 * entry in one of these lists. Left out with reason: Cluster API (it acts on other clusters), service meshes (they change traffic, not
 * identities), `certificates.cert-manager.io` (a certificate of an issuer that is there is no identity of this cluster).
 */
export const DEPUTIES: readonly Deputy[] = [...GITOPS, ...JOBS, ...SERVERS, ...SECRETS, ...MUTATORS, ...CLOUD_AND_BACKUP];
