import type { Emit } from '../techniques/technique.ts';
import type { Facts } from './facts.ts';
import { reachedBy } from './rbac-edges.ts';
import type { AnyOf } from './rights.ts';

/**
 * Whether `get` on pods/exec, pods/attach and pods/portforward is enough, as the WebSocket handshake is a GET: until 1.34. From 1.35 on
 * `create` is asked for as well (gate AuthorizePodWebsocketUpgradeCreatePermission, on by default). Undefined: it is not.
 * Source: kubernetes/pkg/features/kube_features.go and pkg/registry/core/pod/rest/subresources.go.
 */
function webSocketGet({ minorVersion }: Facts): 'certain' | 'conditional' | undefined {
  if (minorVersion === undefined) return 'conditional';
  return minorVersion < 35 ? 'certain' : undefined;
}

const WEBSOCKET_HANGS_ON = 'an API server before 1.35, where `get` is enough over a WebSocket; its version is not known';

/** The rights to open a connection to pods, by the verbs that let. */
export interface ConnectionRights {
  readonly create: AnyOf;
  readonly get: AnyOf;
  readonly either: AnyOf;
}

/** The rights to a subresource of pods that opens a connection: one object for each, so that what roles give of it is worked out once. */
export function connectionRights(subresource: string): ConnectionRights {
  const right = (...verbs: string[]): AnyOf => [{ apiGroup: '', resource: 'pods', subresource, verbs }];
  return { create: right('create'), get: right('get'), either: right('create', 'get') };
}

/** Emits an edge from everybody who may open a connection to pods; `hangsOn`: on what every one of them hangs. */
export function emitConnections(facts: Facts, { create, get, either }: ConnectionRights, emit: Emit, hangsOn?: string): void {
  const byGet = webSocketGet(facts);
  const emitAll = (rights: AnyOf, ...questions: readonly string[]): void => {
    const open = questions.length === 0 ? {} : { hangsOn: questions.join('; and ') };
    facts.eachHolding(rights, ({ node }, holding) => {
      let detail: number | undefined;
      for (const target of reachedBy(facts, 'all-pods', holding)) {
        detail ??= facts.keep({ parts: [{ rights, by: holding.by }], ...open });
        emit(node, target, detail, questions.length === 0 ? 'certain' : 'conditional');
      }
    });
  };
  const always = hangsOn === undefined ? [] : [hangsOn];
  emitAll(byGet === 'certain' ? either : create, ...always);
  if (byGet === 'conditional') emitAll(get, ...always, WEBSOCKET_HANGS_ON);
}
