import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';

/** Two nodes and an account; what tests of escapes put their pod into. */
export const base = (): ClusterFixture => cluster().serviceAccount('a/default').node('n1').node('n2');

/** The pod a/web on node n1. */
export const pod = (options: PodOptions): ClusterFixture => base().pod('a/web', options);

export const NODE = ['pod:a/web → node:n1'];
export const MAYBE = ['pod:a/web → node:n1 (conditional)'];
/** No node has taken it yet, and it fits them all. */
export const ANYWHERE = ['pod:a/web → all-nodes:* (conditional)'];

/** The pod with a security context of its one container. */
export const context = (securityContext: object, more: PodOptions = {}): ClusterFixture => pod({ ...more, container: { securityContext } });

/** The pod mounting a path of the node. */
export const mounts = (path: string, mount: object = {}, options: PodOptions = {}): ClusterFixture =>
  pod({ volumes: [{ name: 'host', hostPath: { path } }], mounts: [{ name: 'host', mountPath: '/host', ...mount }], ...options });

/** The pod with a second container in another list, in which the way out is. */
export const beside = (list: string, container: object, more: PodOptions = {}): ClusterFixture =>
  pod({ ...more, spec: { [list]: [{ name: 'side', image: 'x', ...container }] } });

/** A node of a cluster of its own, with what its status tells. */
export const nodeWith = (nodeInfo: object, labels: object = {}): ClusterFixture =>
  cluster()
    .serviceAccount('a/default')
    .add({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels }, status: { nodeInfo } });
