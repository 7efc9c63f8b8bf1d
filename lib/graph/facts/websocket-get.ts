import type { Facts } from './facts.ts';

/**
 * Whether `get` on pods/exec, pods/attach and pods/portforward is enough, as the WebSocket handshake is a GET: until 1.34. From 1.35 on
 * `create` is asked for as well (gate AuthorizePodWebsocketUpgradeCreatePermission, on by default). Undefined: it is not.
 * Source: kubernetes/pkg/features/kube_features.go and pkg/registry/core/pod/rest/subresources.go.
 */
export function webSocketGet({ minorVersion }: Facts): 'certain' | 'conditional' | undefined {
  if (minorVersion === undefined) return 'conditional';
  return minorVersion < 35 ? 'certain' : undefined;
}

export const WEBSOCKET_HANGS_ON = 'an API server before 1.35, where `get` is enough over a WebSocket; its version is not known';
