import { describe, expect, it } from 'vitest';
import { staticKeys } from './static-keys.ts';

const ask = (name: string, keys: readonly string[], type = 'Opaque') =>
  staticKeys({ name, type, keys }).map(({ provider, names }) => `${provider}: ${names.join(', ')}`);

describe('staticKeys', () => {
  it.each<[string, string, readonly string[], string[]]>([
    [
      'environment variables of AWS',
      'app',
      ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
      ['aws: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY'],
    ],
    ['the same in lower case', 'app', ['aws_access_key_id', 'aws_secret_access_key'], ['aws: aws_access_key_id, aws_secret_access_key']],
    ['the same with hyphens', 'app', ['aws-access-key-id'], ['aws: aws-access-key-id']],
    ['half of it', 'app', ['AWS_SECRET_ACCESS_KEY'], ['aws: AWS_SECRET_ACCESS_KEY']],
    ['a credentials file in a secret named after AWS', 'aws-credentials', ['credentials'], ['aws: credentials']],
    ['an access key in a secret named after S3', 'loki-s3', ['access_key', 'secret_key', 'endpoint'], ['aws: access_key, secret_key']],
    ["Velero's file", 'velero', ['cloud'], ['aws: cloud']],
    ["Google's environment variable", 'app', ['GOOGLE_APPLICATION_CREDENTIALS'], ['gcp: GOOGLE_APPLICATION_CREDENTIALS']],
    ["Google's key file", 'app', ['service-account.json'], ['gcp: service-account.json']],
    ["Google's key file in a secret named after it", 'gcs-writer', ['key.json'], ['gcp: key.json']],
    ['the Azure environment', 'app', ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_TENANT_ID'], ['azure: AZURE_CLIENT_SECRET']],
    ['the Azure provider file', 'cloud-provider', ['azure.json'], ['azure: azure.json']],
    ["cert-manager's", 'azuredns-config', ['client-secret'], ['azure: client-secret']],
    ['two clouds', 'app', ['AWS_SECRET_ACCESS_KEY', 'AZURE_CLIENT_SECRET'], ['aws: AWS_SECRET_ACCESS_KEY', 'azure: AZURE_CLIENT_SECRET']],
    ['crossplane', 'crossplane-aws', ['creds'], ['aws: creds']],
  ])('finds %s', (_name, name, keys, expected) => {
    expect(ask(name, keys)).toEqual(expected);
  });

  it.each<[string, string, readonly string[], string?]>([
    ['no keys', 'aws', []],
    ['a region', 'aws', ['AWS_REGION']],
    ['the ids of an application', 'app', ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID']],
    ['credentials that say of what in no way', 'app', ['credentials', 'key.json', 'creds', 'client-secret']],
    ['a database password', 'db', ['username', 'password']],
    ['aws inside of another word', 'laws', ['credentials']],
    ['a TLS key of a bucket', 's3-tls', ['tls.crt', 'tls.key'], 'kubernetes.io/tls'],
    ['an image pull secret', 'aws-ecr', ['credentials'], 'kubernetes.io/dockerconfigjson'],
    ['a token', 'aws-token', ['token', 'ca.crt'], 'kubernetes.io/service-account-token'],
    ['a Helm release', 'sh.helm.release.v1.aws.v1', ['release'], 'helm.sh/release.v1'],
    ['a key named constructor', 'aws', ['constructor', '__proto__']],
  ])('stays silent: %s', (_name, name, keys, type) => {
    expect(ask(name, keys, type)).toEqual([]);
  });

  it('knows nothing where the names were not read', () => {
    expect(staticKeys({ name: 'aws' })).toEqual([]);
  });
});
