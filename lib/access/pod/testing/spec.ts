import type { PodSpec } from '../../../inventory/kubernetes.ts';
import { cluster, type PodOptions } from '../../../inventory/testing/cluster.ts';
import type { NodeEscape } from '../node-escape.ts';
import { type NodeTraits, UNKNOWN_NODE } from '../node-traits.ts';

/** The spec of a pod as the normaliser reads it. */
export function specOf(options: PodOptions): PodSpec {
  const [pod] = cluster()
    .pod('a/web', { token: false, ...options })
    .inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('the fixture made no pod');
  return pod.spec;
}

/** One container with a security context, in a pod with more. */
export const context = (securityContext: object, spec: Record<string, unknown> = {}): PodOptions => ({
  container: { securityContext },
  spec,
});

/** One container that mounts a path of the node at /h. */
export const mounts = (path: string, mount: object = {}, options: PodOptions = {}): PodOptions => ({
  volumes: [{ name: 'h', hostPath: { path } }],
  mounts: [{ name: 'h', mountPath: '/h', ...mount }],
  ...options,
});

/** `POINTER + POINTER ?`: where each way stands, and whether it hangs on something. */
export const brief = (ways: readonly NodeEscape[]): string[] =>
  ways.map(
    ({ pointer, alongWith, hangsOn }) =>
      `${pointer}${alongWith === undefined ? '' : ` + ${alongWith.pointer}`}${hangsOn === undefined ? '' : ' ?'}`,
  );

/** A node of which something is known. */
export const node = (traits: Partial<NodeTraits>): NodeTraits => ({ ...UNKNOWN_NODE, ...traits });
