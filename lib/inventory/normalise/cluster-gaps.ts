import type { Gap } from '../gap.ts';
import type { ClusterCandidate } from './cluster-candidates.ts';
import type { ClusterGuess } from './cluster-guess.ts';

export type ClusterGap = Omit<Gap, 'id'>;

const ISSUER = 'OIDC issuer of the cluster';
const DISCOVERY = 'the output of `kubectl get --raw /.well-known/openid-configuration`';

export function contradictionGap(issuers: ReadonlySet<string>): ClusterGap {
  return {
    source: 'snapshot',
    what: ISSUER,
    why: `the sources name ${issuers.size} issuers: ${quoted([...issuers].sort(), 300)}`,
    remedy: 'keep the files of one cluster in the snapshot, or choose one with --cluster',
  };
}

export function severalClustersGap(candidates: readonly ClusterCandidate[]): ClusterGap {
  const ids = candidates.map(({ id }) => id);
  return {
    source: 'snapshot',
    what: ISSUER,
    why: `the account data holds ${ids.length} clusters that it could be: ${quoted(ids, 500)}`,
    remedy: `choose one with --cluster NAME (or its ARN, selfLink or resource id), or add ${DISCOVERY}`,
  };
}

/** One name, and clusters of several clouds behind it, each with an issuer of its own. */
export function severalIssuersGap(taken: ClusterCandidate, candidates: readonly ClusterCandidate[]): ClusterGap {
  return {
    source: 'snapshot',
    what: ISSUER,
    why: `${candidates.length} clouds have a cluster of this name: ${quoted(
      candidates.map(({ id }) => id),
      500,
    )}; tokens were taken to be issued by \`${taken.issuer ?? ''}\``,
    remedy: `choose one with --cluster and its ARN, selfLink or resource id, or add ${DISCOVERY}`,
  };
}

/** What was asked for is nowhere, or names no issuer. */
export function notFoundGap(asked: string, found: ClusterCandidate | undefined): ClusterGap {
  return {
    source: 'snapshot',
    what: ISSUER,
    why:
      found === undefined
        ? `no cluster of the account data is named \`${asked.slice(0, 300)}\``
        : `the cluster \`${found.id}\` names no issuer`,
    remedy: `name a cluster that the data holds, or add ${DISCOVERY}`,
  };
}

export function guessGap({ candidates, from }: ClusterGuess, others: number): ClusterGap {
  const [first] = candidates;
  return {
    source: 'snapshot',
    what: 'which cluster this is',
    why: `it was guessed from ${from}: \`${first?.id ?? ''}\`, one of ${others} clusters of the account data`,
    remedy: `name it with --cluster, or add ${DISCOVERY}`,
  };
}

export function severalSourcesGap(count: number): ClusterGap {
  return {
    source: 'snapshot',
    what: 'objects of one cluster',
    why: `the namespace kube-system has ${count} uids, so the objects are of ${count} clusters; objects of the same name were taken for one`,
    remedy: 'keep the files of one cluster in the snapshot',
  };
}

export function versionGap(versions: ReadonlySet<string>): ClusterGap {
  return {
    source: 'snapshot',
    what: 'version of the cluster',
    why: `the sources name ${versions.size} versions: ${quoted([...versions].sort(), 60)}`,
    remedy: 'keep the files of one cluster in the snapshot',
  };
}

/** The first five, each cut at so many characters. */
function quoted(texts: readonly string[], length: number): string {
  return texts
    .slice(0, 5)
    .map((text) => `\`${text.slice(0, length)}\``)
    .join(', ');
}
