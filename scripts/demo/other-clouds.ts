import { CLUSTER_NAME, ISSUER_HOST_PATH } from './company.ts';

/** Two more clouds that the cluster's tokens open: the shop's product feed goes to Google, its invoices to Azure. All of it is made up. */
export const ISSUER = `https://${ISSUER_HOST_PATH}`;

export const GCP_PROJECT = 'fernwood-analytics';
export const GCP_PROJECT_NUMBER = '778899001122';
export const GCP_POOL = `projects/${GCP_PROJECT_NUMBER}/locations/global/workloadIdentityPools/fernwood-eks`;
export const GCP_PROVIDER = `${GCP_POOL}/providers/${CLUSTER_NAME}`;
/** What a token for Google has to say in `aud`; see https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes. */
export const GCP_AUDIENCE = `https://iam.googleapis.com/${GCP_PROVIDER}`;

export function gsa(name: string): string {
  return `${name}@${GCP_PROJECT}.iam.gserviceaccount.com`;
}

export const AZURE_TENANT = '5b1f6c3e-7a21-4b8e-9c55-0d4e8f2a6b17';
export const AZURE_SUBSCRIPTION = '0f8e4d2c-91b3-4c7a-8e60-3a5b7c9d1e2f';
export const AZURE_AUDIENCE = 'api://AzureADTokenExchange';
export const AZURE_GROUP = `/subscriptions/${AZURE_SUBSCRIPTION}/resourceGroups/rg-finance`;

/** User-assigned identities: what an annotation names, and what role assignments name. */
export const AZURE_IDENTITIES = {
  'id-invoice-archive': { clientId: '3d0a1c52-6f7e-4b1d-a8c3-2e9f5b6d7a01', principalId: 'c2b7e9d4-1a35-4f60-9b8e-7d6c5a4f3e01' },
  'id-tax-export': { clientId: '3d0a1c52-6f7e-4b1d-a8c3-2e9f5b6d7a02', principalId: 'c2b7e9d4-1a35-4f60-9b8e-7d6c5a4f3e02' },
  'id-finance-terraform': { clientId: '3d0a1c52-6f7e-4b1d-a8c3-2e9f5b6d7a03', principalId: 'c2b7e9d4-1a35-4f60-9b8e-7d6c5a4f3e03' },
} as const;
export type AzureIdentityName = keyof typeof AZURE_IDENTITIES;
