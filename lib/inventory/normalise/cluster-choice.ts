import type { EksCluster } from '../aws.ts';
import type { Gap } from '../gap.ts';
import type { Cluster } from '../inventory.ts';

/** What the sources said of the cluster. Sets, because several files may say it, and not the same. */
export interface ClusterClaims {
  readonly issuers: ReadonlySet<string>;
  readonly versions: ReadonlySet<string>;
  readonly servers: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Uids of the namespace kube-system. */
  readonly uids: ReadonlySet<string>;
  readonly eksClusters: readonly EksCluster[];
  /** Name, ARN or issuer that a person asked for. */
  readonly asked?: string;
}

type ClusterGap = Omit<Gap, 'id'>;

interface Choice {
  readonly issuer?: string;
  readonly eks?: EksCluster;
  readonly gaps: readonly ClusterGap[];
}

/**
 * Which cluster the Kubernetes objects are of: what was asked for, else the OIDC discovery document, else the one EKS
 * cluster of the account data. What contradicts or stays open becomes a gap.
 */
export function chooseCluster(claims: ClusterClaims): { readonly cluster: Cluster; readonly gaps: readonly ClusterGap[] } {
  const choice = chooseIssuer(claims);
  const version = onlyOf(claims.versions);
  const server = onlyOf(claims.servers);
  const name = choice.eks?.name ?? onlyOf(claims.names);
  return {
    cluster: {
      ...(name === undefined ? {} : { name }),
      ...(server === undefined ? {} : { server }),
      ...(choice.issuer === undefined ? {} : { issuer: choice.issuer }),
      ...(version === undefined ? {} : { version }),
      ...(choice.eks === undefined ? {} : { eksClusterArn: choice.eks.arn }),
    },
    gaps: [
      ...choice.gaps,
      ...(claims.versions.size > 1 ? [versionGap(claims.versions)] : []),
      ...(claims.uids.size > 1 ? [severalSources(claims.uids.size)] : []),
    ],
  };
}

function chooseIssuer(claims: ClusterClaims): Choice {
  if (claims.asked !== undefined && claims.asked !== '') return askedIssuer(claims, claims.asked);
  if (claims.issuers.size > 1) return { gaps: [contradiction(claims.issuers)] };
  const said = onlyOf(claims.issuers);
  if (said !== undefined) return found(said, claims.eksClusters, []);
  const known = claims.eksClusters.filter((cluster) => cluster.issuer !== undefined);
  const [only] = known;
  if (known.length === 1 && only?.issuer !== undefined) return { issuer: only.issuer, eks: only, gaps: [] };
  return { gaps: known.length === 0 ? [] : [severalClusters(known)] };
}

function askedIssuer(claims: ClusterClaims, asked: string): Choice {
  const matching = claims.eksClusters.filter(
    (cluster) => cluster.arn === asked || cluster.name === asked || (cluster.issuer !== undefined && sameIssuer(cluster.issuer, asked)),
  );
  const [eks] = matching;
  if (matching.length > 1) return { gaps: [severalClusters(matching)] };
  const said = [...claims.issuers].find((issuer) => sameIssuer(issuer, asked));
  const issuer = eks === undefined ? (said ?? (asked.startsWith('https://') ? asked : undefined)) : eks.issuer;
  if (issuer === undefined) return notFound(claims, asked, eks);
  const others = [...claims.issuers].filter((other) => !sameIssuer(other, issuer));
  const gaps = claims.issuers.size > 0 && others.length === claims.issuers.size ? [contradiction(new Set([issuer, ...others]))] : [];
  return eks === undefined ? found(issuer, claims.eksClusters, gaps) : { issuer, eks, gaps };
}

/** What was asked for is nowhere: what the discovery document says still holds, and the gap says that the question was not met. */
function notFound(claims: ClusterClaims, asked: string, eks: EksCluster | undefined): Choice {
  const said = onlyOf(claims.issuers);
  const gap: ClusterGap = {
    source: 'snapshot',
    what: 'OIDC issuer of the cluster',
    why:
      eks === undefined
        ? `no EKS cluster of the account data is named \`${asked.slice(0, 300)}\``
        : `the EKS cluster \`${eks.name}\` names no issuer`,
    remedy: 'name a cluster that the data holds, or add the output of `kubectl get --raw /.well-known/openid-configuration`',
  };
  return said === undefined ? { gaps: [gap], ...(eks === undefined ? {} : { eks }) } : found(said, claims.eksClusters, [gap]);
}

function found(issuer: string, clusters: readonly EksCluster[], gaps: readonly ClusterGap[]): Choice {
  const eks = clusters.find((cluster) => cluster.issuer !== undefined && sameIssuer(cluster.issuer, issuer));
  return eks === undefined ? { issuer, gaps } : { issuer, eks, gaps };
}

function contradiction(issuers: ReadonlySet<string>): ClusterGap {
  return {
    source: 'snapshot',
    what: 'OIDC issuer of the cluster',
    why: `the sources name ${issuers.size} issuers: ${[...issuers]
      .sort()
      .slice(0, 5)
      .map((issuer) => `\`${issuer.slice(0, 300)}\``)
      .join(', ')}`,
    remedy: 'keep the files of one cluster in the snapshot, or choose one with --cluster',
  };
}

function severalClusters(clusters: readonly EksCluster[]): ClusterGap {
  return {
    source: 'snapshot',
    what: 'OIDC issuer of the cluster',
    why: `the account data holds ${clusters.length} EKS clusters that it could be: ${clusters
      .slice(0, 5)
      .map((cluster) => `\`${cluster.arn}\``)
      .join(', ')}`,
    remedy: 'choose one with --cluster ARN, or add the output of `kubectl get --raw /.well-known/openid-configuration`',
  };
}

function severalSources(count: number): ClusterGap {
  return {
    source: 'snapshot',
    what: 'objects of one cluster',
    why: `the namespace kube-system has ${count} uids, so the objects are of ${count} clusters; objects of the same name were taken for one`,
    remedy: 'keep the files of one cluster in the snapshot',
  };
}

function versionGap(versions: ReadonlySet<string>): ClusterGap {
  return {
    source: 'snapshot',
    what: 'version of the cluster',
    why: `the sources name ${versions.size} versions: ${[...versions]
      .sort()
      .slice(0, 5)
      .map((version) => `\`${version.slice(0, 60)}\``)
      .join(', ')}`,
    remedy: 'keep the files of one cluster in the snapshot',
  };
}

function onlyOf(values: ReadonlySet<string>): string | undefined {
  const [first] = values;
  return values.size === 1 ? first : undefined;
}

/** IAM prints issuers without their scheme. */
function sameIssuer(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(issuer: string): string {
  const name = issuer.startsWith('https://') ? issuer.slice('https://'.length) : issuer;
  return name.endsWith('/') ? name.slice(0, -1) : name;
}
