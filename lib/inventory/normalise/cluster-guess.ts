import type { AzureFederatedCredential } from '../azure.ts';
import type { ClusterCandidate } from './cluster-candidates.ts';

/** Candidates that something speaks for without naming them, and what that is, in words. */
export interface ClusterGuess {
  readonly candidates: readonly ClusterCandidate[];
  readonly from: string;
}

/** Folders above the snapshot that may be called after the cluster; further up they are about the machine. */
const SEGMENTS = 3;

/** By the path of the snapshot: the longest name that a folder is called or begins with, the innermost folder first. */
export function guessByPath(candidates: readonly ClusterCandidate[], paths: readonly string[]): ClusterGuess | undefined {
  for (const path of paths) {
    const segments = path
      .split(/[/\\]/)
      .filter((segment) => segment !== '')
      .slice(-SEGMENTS);
    for (const segment of segments.reverse()) {
      const named = candidates.filter(
        ({ name }) => segment === name || (segment.startsWith(name) && /[-._]/.test(segment.charAt(name.length))),
      );
      const longest = Math.max(0, ...named.map(({ name }) => name.length));
      const best = named.filter(({ name }) => name.length === longest && longest > 0);
      if (best.length > 0) return { candidates: best, from: `the path, which has \`${segment.slice(0, 300)}\` in it` };
    }
  }
  return undefined;
}

/** AKS, by the federated credentials: the issuer that most of those for service accounts of this cluster (`namespace/name`) name. */
export function guessByCredentials(
  candidates: readonly ClusterCandidate[],
  credentials: readonly AzureFederatedCredential[],
  serviceAccounts: ReadonlySet<string>,
): ClusterGuess | undefined {
  const counts = new Map<string, number>();
  for (const { issuer, subject } of credentials) {
    const account = /^system:serviceaccount:([^:]{1,253}):([^:]{1,253})$/.exec(subject ?? '');
    if (account !== null && serviceAccounts.has(`${account[1]}/${account[2]}`)) counts.set(issuer, (counts.get(issuer) ?? 0) + 1);
  }
  const ranked = candidates
    .filter(({ cloud, issuer }) => cloud === 'aks' && issuer !== undefined && counts.has(issuer))
    .map((candidate) => ({ candidate, count: counts.get(candidate.issuer ?? '') ?? 0 }))
    .sort((one, other) => other.count - one.count);
  const [first, second] = ranked;
  if (first === undefined || first.count === second?.count) return undefined;
  const from = `${first.count} federated ${first.count === 1 ? 'credential' : 'credentials'} that name its issuer and service accounts of these objects`;
  return { candidates: [first.candidate], from };
}
