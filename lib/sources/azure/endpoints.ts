import { SourceError } from '../source-error.ts';

/** Where Azure Resource Manager and Microsoft Graph answer, without a trailing slash. */
export interface AzureEndpoints {
  readonly management: string;
  readonly graph: string;
}

const PUBLIC: AzureEndpoints = { management: 'https://management.azure.com', graph: 'https://graph.microsoft.com' };

/**
 * By the host that signs people in.
 * Source: https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud, https://learn.microsoft.com/en-us/graph/deployments
 */
const BY_AUTHORITY = new Map<string, AzureEndpoints>([
  ['login.microsoftonline.com', PUBLIC],
  // Other names of it: https://login.microsoftonline.com/common/discovery/instance?api-version=1.1&authorization_endpoint=https://login.windows.net/common/oauth2/authorize
  ['login.windows.net', PUBLIC],
  ['login.microsoft.com', PUBLIC],
  ['sts.windows.net', PUBLIC],
  ['login.microsoftonline.us', { management: 'https://management.usgovcloudapi.net', graph: 'https://graph.microsoft.us' }],
  [
    'login.partner.microsoftonline.cn',
    { management: 'https://management.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
  ],
  ['login.chinacloudapi.cn', { management: 'https://management.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' }],
]);

/**
 * The endpoints of the cloud that AZURE_AUTHORITY_HOST names, which @azure/identity heeds too; the public cloud without it. Throws SourceError
 * for a cloud that is not known: its token would go to the hosts of another.
 */
export function azureEndpoints(env: Readonly<Record<string, string | undefined>>): AzureEndpoints {
  const authority = env.AZURE_AUTHORITY_HOST?.trim() ?? '';
  if (authority === '') return PUBLIC;
  const host = URL.parse(authority.includes('://') ? authority : `https://${authority}`)?.hostname ?? '';
  const endpoints = BY_AUTHORITY.get(host);
  if (endpoints !== undefined) return endpoints;
  const message =
    'AZURE_AUTHORITY_HOST names no cloud that is known; set it to a host such as https://login.microsoftonline.us, or unset it';
  throw new SourceError(message, { source: 'azure', operation: 'read the environment' });
}
