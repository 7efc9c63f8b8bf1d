import type { Secret } from '../../inventory/kubernetes.ts';
import type { CloudProvider } from './link.ts';

/** Keys of one cloud in a Secret, told by the names of its entries alone. */
export interface StaticKey {
  readonly provider: CloudProvider;
  /** `an AWS access key` */
  readonly title: string;
  /** The names of the entries that tell, as they are written. */
  readonly names: readonly string[];
  /** Whose naming it is. */
  readonly source: string;
}

interface Naming {
  readonly provider: CloudProvider;
  readonly title: string;
  readonly source: string;
  /** Lower case, `_` for `-` and `.`; any of them tells. */
  readonly names: ReadonlySet<string>;
  /** For names that say too little by themselves: the secret's own name has to say which cloud. */
  readonly inSecretNamed?: RegExp;
}

/**
 * Names of entries that hold a long-lived key. The id of a key alone (AWS_ACCESS_KEY_ID, AZURE_CLIENT_ID) is no secret; it counts because
 * whoever keeps it in a Secret keeps the other half beside it or under a name of its own. Sources: the AWS CLI's environment variables and
 * shared credentials file; Velero's, external-dns' and cert-manager's documentation; Google's key files and Crossplane's `creds`;
 * azure-identity's EnvironmentCredential and cloud-provider-azure's azure.json.
 */
const NAMINGS: readonly Naming[] = [
  {
    provider: 'aws',
    title: 'an AWS access key',
    source: 'the AWS CLI and SDKs',
    names: new Set([
      'aws_access_key_id',
      'aws_secret_access_key',
      'aws_access_key',
      'aws_secret_key',
      'awsaccesskeyid',
      'awssecretaccesskey',
      'awsaccesskey',
      'awssecretkey',
    ]),
  },
  {
    provider: 'aws',
    title: 'an AWS access key',
    source: 'the AWS shared credentials file',
    names: new Set([
      'credentials',
      'config',
      'creds',
      'access_key_id',
      'access_key',
      'accesskey',
      'secret_access_key',
      'secret_key',
      'secretkey',
      'cloud',
      'key_id',
    ]),
    inSecretNamed: /(?:^|[-._])(?:aws|s3|ecr|route53|ses|sqs|dynamodb|velero)(?:[-._]|$)/,
  },
  {
    provider: 'gcp',
    title: "a Google service account's key",
    source: 'the Google Cloud client libraries',
    names: new Set([
      'google_application_credentials',
      'google_credentials',
      'gcp_service_account_key',
      'google_service_account_key',
      'gcp_credentials',
      'gcp_credentials_json',
      'google_credentials_json',
    ]),
  },
  {
    provider: 'gcp',
    title: "a Google service account's key",
    source: "Google's key files",
    names: new Set([
      'service_account_json',
      'service_account_key_json',
      'serviceaccount_json',
      'sa_json',
      'gcp_json',
      'gcp_key_json',
      'gcloud_json',
      'google_json',
    ]),
  },
  {
    provider: 'gcp',
    title: "a Google service account's key",
    source: "Google's key files",
    names: new Set(['key_json', 'credentials_json', 'creds_json', 'credentials', 'creds', 'key', 'cloud']),
    inSecretNamed: /(?:^|[-._])(?:gcp|gcs|gcr|gke|google|gcloud|bigquery|pubsub|clouddns)(?:[-._]|$)/,
  },
  {
    provider: 'azure',
    title: "an Azure application's secret",
    source: 'azure-identity',
    names: new Set([
      'azure_client_secret',
      'azure_client_certificate_password',
      'azure_password',
      'arm_client_secret',
      'azure_credentials',
      'azure_storage_account_access_key',
      'azure_storage_key',
    ]),
  },
  { provider: 'azure', title: "an Azure application's secret", source: 'cloud-provider-azure', names: new Set(['azure_json']) },
  {
    provider: 'azure',
    title: "an Azure application's secret",
    source: 'external-dns and cert-manager',
    names: new Set(['client_secret', 'clientsecret', 'creds', 'credentials', 'password', 'cloud', 'azurestorageaccountkey']),
    inSecretNamed: /(?:^|[-._])(?:azure|azuredns|aks|acr|entra)(?:[-._]|$)/,
  },
];

const plain = (name: string): string => name.toLowerCase().replace(/[-.]/g, '_');

/**
 * The cloud keys that a Secret seems to hold, at most one for each cloud. Secrets of types that Kubernetes fills itself (tokens, TLS, image
 * pull configurations) hold none. Costs a look per entry and naming.
 */
export function staticKeys({ name, type, keys = [] }: Pick<Secret, 'name' | 'type' | 'keys'>): readonly StaticKey[] {
  if (type !== undefined && /^(?:kubernetes\.io|bootstrap\.kubernetes\.io|helm\.sh)\//.test(type)) return [];
  const secret = name.toLowerCase();
  const found = new Map<CloudProvider, StaticKey>();
  for (const { provider, title, source, names, inSecretNamed } of NAMINGS) {
    if (inSecretNamed !== undefined && !inSecretNamed.test(secret)) continue;
    const telling = keys.filter((key) => names.has(plain(key)));
    if (telling.length === 0) continue;
    const before = found.get(provider);
    found.set(provider, {
      provider,
      title,
      source: before?.source ?? source,
      names: [...new Set([...(before?.names ?? []), ...telling])].sort(),
    });
  }
  return [...found.values()];
}
