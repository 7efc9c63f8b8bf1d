import type { Identity } from './certificate.ts';

export interface KubeconfigWanted {
  /** Put in place of what the server would write: parts of the user, the cluster, the context. */
  readonly user?: object;
  readonly cluster?: object;
  readonly context?: object;
  readonly name?: string;
}

export interface KubeconfigFacts {
  readonly url: string;
  readonly token?: string;
  readonly authority?: string;
  readonly client?: Identity;
}

/** A kubeconfig of one context for the server, as JSON, which is YAML. */
export function writeKubeconfig({ url, token, authority, client }: KubeconfigFacts, wanted: KubeconfigWanted): string {
  const { name = 'test' } = wanted;
  const user = {
    ...(token === undefined ? {} : { token }),
    ...(client === undefined ? {} : { 'client-certificate-data': base64(client.cert), 'client-key-data': base64(client.key) }),
  };
  const cluster = { server: url, ...(authority === undefined ? {} : { 'certificate-authority-data': base64(authority) }) };
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: `${name}-cluster`, cluster: { ...cluster, ...wanted.cluster } }],
      users: [{ name: `${name}-user`, user: wanted.user ?? user }],
      contexts: [{ name, context: { cluster: `${name}-cluster`, user: `${name}-user`, ...wanted.context } }],
      'current-context': name,
    },
    undefined,
    2,
  );
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
