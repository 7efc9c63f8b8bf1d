import { SourceError } from '../source-error.ts';

/**
 * Where the APIs of Google Cloud are asked: `iam` at `https://iam.googleapis.com`, or at the host that gcloud's variable for it names, as networks
 * without internet need it (`CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM=https://iam-private.p.googleapis.com/`). Only the host counts: gcloud's
 * overrides of some services have a path, of others none. Throws SourceError where the token would go unprotected.
 * Source: https://cloud.google.com/sdk/gcloud/reference/config (api_endpoint_overrides), https://cloud.google.com/vpc/docs/private-service-connect
 */
export function googleEndpoint(service: string, env: Readonly<Record<string, string | undefined>>): string {
  const name = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`;
  const override = env[name];
  if (override === undefined || override.trim() === '') return `https://${service}.googleapis.com`;
  const url = URL.parse(override.trim());
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname)))) return url.origin;
  throw new SourceError(`${name} is no https URL; correct or unset it`, { source: 'gcp', operation: 'read the environment' });
}

const LOOPBACK = /^(localhost|127[.]\d{1,3}[.]\d{1,3}[.]\d{1,3}|\[::1\])$/;
