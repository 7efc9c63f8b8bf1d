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
  ['an older name of the public cloud', 'https://login.windows.net', PUBLIC],
  ['another', 'https://sts.windows.net/', PUBLIC],
])('%s', (_name, authority, management) =>
  expect(azureEndpoints(authority === undefined ? {} : { AZURE_AUTHORITY_HOST: authority }).management).toBe(management),
);

test.each<[string, string]>([
  ['a host that only begins like it', 'https://login.microsoftonline.us.evil.example'],
  ['a cloud of somebody else', 'https://login.azurestack.example'],
  ['a name of Object', 'constructor'],
  ['no URL', 'https://'],
])('%s gets no token of another cloud', (_name, authority) =>
  expect(() => azureEndpoints({ AZURE_AUTHORITY_HOST: authority })).toThrow(/^AZURE_AUTHORITY_HOST names no cloud that is known; /),
);
