import { BlockList, isIP } from 'node:net';

/**
 * The proxy that HTTPS_PROXY (HTTP_PROXY for a plain server) and NO_PROXY ask for; undefined: none. client-node reads only
 * `proxy-url` of the kubeconfig, kubectl both. NO_PROXY as Go reads it: `*`, hosts with their subdomains, `.suffix`, host:port,
 * addresses, CIDR blocks; loopback never goes through a proxy. Source: golang.org/x/net/http/httpproxy.
 */
export function proxyFromEnv(server: string, env: Record<string, string | undefined>): string | undefined {
  const url = new URL(server);
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] ?? env[name.toLowerCase()];
  if (proxy === undefined || proxy === '') return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return undefined;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const exceptions = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  if (exceptions.some((entry) => entry !== '' && excepts(entry, host, port))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function excepts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inBlock(entry, host);
  const [name = '', onlyPort] = isIP(entry) === 6 ? [entry] : entry.split(':');
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const bare = name.replace(/^\*?\./, '');
  return name === bare ? host === bare || host.endsWith(`.${bare}`) : host.endsWith(`.${bare}`);
}

function inBlock(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network);
  const prefix = Number(bits);
  if (family === 0 || isIP(host) !== family || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return list.check(host, type);
}
