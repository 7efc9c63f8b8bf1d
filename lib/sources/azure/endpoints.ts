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
  ['login.microsoftonline.us', { management: 'https://management.usgovcloudapi.net', graph: 'https://graph.microsoft.us' }],
  [
    'login.partner.microsoftonline.cn',
    { management: 'https://management.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
  ],
  ['login.chinacloudapi.cn', { management: 'https://management.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' }],
]);

/** The endpoints of the cloud that AZURE_AUTHORITY_HOST names, which @azure/identity heeds too; the public cloud without it. */
export function azureEndpoints(env: Readonly<Record<string, string | undefined>>): AzureEndpoints {
  const authority = env.AZURE_AUTHORITY_HOST ?? '';
  const host = URL.parse(authority.includes('://') ? authority : `https://${authority}`)?.hostname ?? '';
  return BY_AUTHORITY.get(host) ?? PUBLIC;
}
