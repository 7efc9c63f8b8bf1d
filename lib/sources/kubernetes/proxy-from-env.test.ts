import { expect, test } from 'vitest';
import { proxyFromEnv } from './proxy-from-env.ts';

const PROXY = 'http://proxy:3128';
const rows: { name: string; server: string; env: Record<string, string>; proxy: string | undefined }[] = [
  { name: 'HTTPS_PROXY', server: 'https://api.example.com', env: { HTTPS_PROXY: PROXY }, proxy: PROXY },
  { name: 'lower case', server: 'https://api.example.com', env: { https_proxy: PROXY }, proxy: PROXY },
  { name: 'no scheme', server: 'https://api.example.com', env: { HTTPS_PROXY: 'proxy:3128' }, proxy: PROXY },
  { name: 'HTTP_PROXY serves plain servers', server: 'http://api.example.com', env: { HTTP_PROXY: PROXY }, proxy: PROXY },
  {
    name: 'another domain that ends alike',
    server: 'https://notexample.com',
    env: { HTTPS_PROXY: PROXY, NO_PROXY: 'example.com' },
    proxy: PROXY,
  },
  {
    name: 'a suffix does not mean the domain itself',
    server: 'https://example.com',
    env: { HTTPS_PROXY: PROXY, NO_PROXY: '.example.com' },
    proxy: PROXY,
  },
  { name: 'another port', server: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'api.example.com:6443' }, proxy: PROXY },
  { name: 'outside the block', server: 'https://10.1.0.1', env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/16' }, proxy: PROXY },
  { name: 'a block that is none', server: 'https://10.0.0.1', env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/99, x/8' }, proxy: PROXY },
  { name: 'nothing set', server: 'https://api.example.com', env: {}, proxy: undefined },
  { name: 'set but empty', server: 'https://api.example.com', env: { HTTPS_PROXY: '' }, proxy: undefined },
  { name: 'HTTP_PROXY does not serve https', server: 'https://api.example.com', env: { HTTP_PROXY: PROXY }, proxy: undefined },
  { name: 'a subdomain', server: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'x, example.com' }, proxy: undefined },
  { name: 'a suffix', server: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*.example.com' }, proxy: undefined },
  {
    name: 'the port',
    server: 'https://api.example.com:6443',
    env: { HTTPS_PROXY: PROXY, NO_PROXY: 'api.example.com:6443' },
    proxy: undefined,
  },
  { name: 'everything', server: 'https://api.example.com', env: { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, proxy: undefined },
  { name: 'a block', server: 'https://10.0.7.1:6443', env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/16' }, proxy: undefined },
  { name: 'a block of IPv6', server: 'https://[fd00::1]', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'fd00::/8' }, proxy: undefined },
  { name: 'an address of IPv6', server: 'https://[fd00::1]', env: { HTTPS_PROXY: PROXY, NO_PROXY: 'fd00::1' }, proxy: undefined },
  { name: 'loopback', server: 'https://127.0.0.1:6443', env: { HTTPS_PROXY: PROXY }, proxy: undefined },
  { name: 'localhost', server: 'https://localhost:6443', env: { HTTPS_PROXY: PROXY }, proxy: undefined },
];
test.each(rows)('$name', ({ server, env, proxy }) => {
  expect(proxyFromEnv(server, env)).toBe(proxy);
});
