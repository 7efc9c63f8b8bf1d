import { expect, test } from 'vitest';
import { azureEndpoints } from './endpoints.ts';

const PUBLIC = 'https://management.azure.com';

test.each<[string, string | undefined, string]>([
  ['nothing said', undefined, PUBLIC],
  ['an empty variable', '', PUBLIC],
  ['the public cloud', 'https://login.microsoftonline.com/', PUBLIC],
  ['the cloud of the US government', 'https://login.microsoftonline.us', 'https://management.usgovcloudapi.net'],
  ['without a scheme, as @azure/identity takes it', 'login.microsoftonline.us', 'https://management.usgovcloudapi.net'],
  ['the cloud in China', 'https://login.chinacloudapi.cn/', 'https://management.chinacloudapi.cn'],
  ['a host that only begins like it', 'https://login.microsoftonline.us.evil.example', PUBLIC],
  ['a name of Object', 'constructor', PUBLIC],
  ['no URL', 'https://', PUBLIC],
])('%s', (_name, authority, management) =>
  expect(azureEndpoints(authority === undefined ? {} : { AZURE_AUTHORITY_HOST: authority }).management).toBe(management),
);
