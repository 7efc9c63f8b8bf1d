import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { SourceError } from '../source-error.ts';
import { type AwsFault, faultOf } from './fault.ts';
import type { AwsOperation } from './operations.ts';

/** One answer as JSON has it, with the fields that the `aws` command prints. */
export type AwsAnswer = Readonly<Record<string, unknown>>;

export interface AwsCall {
  readonly operation: AwsOperation;
  /** The home region of the credentials unless given. */
  readonly region?: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

export type AwsOutcome = { readonly answer: AwsAnswer; readonly fault?: never } | { readonly fault: AwsFault; readonly answer?: never };

/** The way to one account, by one set of credentials. */
export interface AwsConnection {
  /** Undefined: nothing says a region, which for IAM does not matter. */
  readonly region: string | undefined;
  call(call: AwsCall): Promise<AwsOutcome>;
  close(): void;
}

/** Whose credentials: a profile's, the default chain's, or a role's that one of these may assume. */
export interface AwsIdentity {
  readonly profile?: string;
  readonly roleArn?: string;
}

export interface ClientOptions {
  readonly signal: AbortSignal;
  /** How often a call is tried. */
  readonly attempts: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface SdkClient {
  readonly config: { readonly region: () => Promise<string> };
  send(command: object, options: { readonly abortSignal: AbortSignal }): Promise<object>;
  destroy(): void;
}
type Sdk = Readonly<Record<string, new (input: object) => object>>;
type Credentials = ReturnType<typeof import('@aws-sdk/credential-providers').fromNodeProviderChain>;

const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 60_000;
/** For services that are the same everywhere; only the partition matters. */
const ANY_REGION = 'us-east-1';

/** Loaded when first asked: whoever reads files only does not wait for twelve clients. */
const SERVICES = {
  sts: { client: 'STSClient', load: () => import('@aws-sdk/client-sts') },
  iam: { client: 'IAMClient', load: () => import('@aws-sdk/client-iam') },
  eks: { client: 'EKSClient', load: () => import('@aws-sdk/client-eks') },
  organizations: { client: 'OrganizationsClient', load: () => import('@aws-sdk/client-organizations') },
  ec2: { client: 'EC2Client', load: () => import('@aws-sdk/client-ec2') },
  ecr: { client: 'ECRClient', load: () => import('@aws-sdk/client-ecr') },
  s3: { client: 'S3Client', load: () => import('@aws-sdk/client-s3') },
  kms: { client: 'KMSClient', load: () => import('@aws-sdk/client-kms') },
  secretsmanager: { client: 'SecretsManagerClient', load: () => import('@aws-sdk/client-secrets-manager') },
  sqs: { client: 'SQSClient', load: () => import('@aws-sdk/client-sqs') },
  sns: { client: 'SNSClient', load: () => import('@aws-sdk/client-sns') },
  lambda: { client: 'LambdaClient', load: () => import('@aws-sdk/client-lambda') },
} as const satisfies Record<string, { readonly client: string; readonly load: () => Promise<object> }>;

/**
 * Opens an account with AWS SDK v3: its default credential chain, its retries (adaptive: they slow all calls of a client down where AWS
 * throttles one), and what AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL, AWS_CA_BUNDLE and the shared configuration files say.
 */
export async function openAws(identity: AwsIdentity, options: ClientOptions): Promise<AwsConnection> {
  const ca = await certificatesOf(options.env);
  const agent = new Agent({ keepAlive: true, maxSockets: 16, proxyEnv: { ...process.env, ...options.env }, ...ca });
  const common = {
    ...(identity.profile === undefined ? {} : { profile: identity.profile }),
    retryMode: 'adaptive',
    maxAttempts: options.attempts,
    customUserAgent: 'podreach',
    requestHandler: {
      httpsAgent: agent,
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
  const region = await regionOf(common, options.env);
  const credentials = await credentialsOf(identity, { ...common, region: region ?? ANY_REGION });
  const clients = new Map<string, Promise<{ sdk: Sdk; client: SdkClient }>>();
  const opened: SdkClient[] = [];
  const clientOf = (service: keyof typeof SERVICES, where: string) => {
    const key = `${service} ${where}`;
    const config = { ...common, credentials, region: where, ...particularsOf(service, options.env) };
    const known = clients.get(key) ?? open(service, config, opened);
    clients.set(key, known);
    return known;
  };
  return {
    region,
    async call({ operation, region: wanted, input = {} }) {
      const [service, name] = operation.split(':') as [keyof typeof SERVICES, string];
      const { sdk, client } = await clientOf(service, wanted ?? region ?? ANY_REGION);
      const Command = sdk[`${name}Command`];
      if (Command === undefined) throw new Error(`the SDK has no ${name}`);
      try {
        return { answer: asPrinted(await client.send(new Command({ ...input }), { abortSignal: options.signal })) };
      } catch (error) {
        const fault = options.signal.aborted ? ({ kind: 'cut', code: 'AbortError' } as const) : faultOf(error);
        if (fault === undefined) throw error;
        return { fault };
      }
    },
    close() {
      for (const client of opened) client.destroy();
      agent.destroy();
    },
  };
}

/** Loads a service's SDK and makes a client, which is added to `opened`. */
async function open(service: keyof typeof SERVICES, config: object, opened: SdkClient[]): Promise<{ sdk: Sdk; client: SdkClient }> {
  const sdk = (await SERVICES[service].load()) as unknown as Sdk;
  const Client = sdk[SERVICES[service].client];
  if (Client === undefined) throw new Error(`the SDK has no client for ${service}`);
  const client = new Client(config) as SdkClient;
  opened.push(client);
  return { sdk, client };
}

/** Loaded when an account is opened, as the services are: whoever reads none does not wait for it. */
async function credentialsOf({ profile, roleArn }: AwsIdentity, config: { readonly region: string }): Promise<Credentials> {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const base = fromNodeProviderChain({ ...(profile === undefined ? {} : { profile }), clientConfig: config });
  if (roleArn === undefined) return base;
  const assumed = fromTemporaryCredentials({
    masterCredentials: base,
    params: { RoleArn: roleArn, RoleSessionName: 'podreach' },
    clientConfig: config,
  });
  // Each service has its own client, and none of them has to assume the role again: a session lasts longer than a collection.
  let session: ReturnType<Credentials> | undefined;
  return (...given) => {
    session ??= assumed(...given);
    return session;
  };
}

/** What one service needs beyond the rest. */
function particularsOf(service: string, env: ClientOptions['env']): object {
  if (service === 's3') {
    // A local endpoint has one host name for all buckets.
    const forcePathStyle = (env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL) !== undefined;
    return { followRegionRedirects: true, forcePathStyle };
  }
  return service === 'sqs' ? { useQueueUrlAsEndpoint: false } : {};
}

/** AWS_CA_BUNDLE, which the `aws` command knows and the SDK does not: whom to trust instead of the usual authorities. */
async function certificatesOf({ AWS_CA_BUNDLE: file }: ClientOptions['env']): Promise<{ readonly ca?: Buffer }> {
  if (file === undefined || file === '') return {};
  const ca = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const why = `AWS_CA_BUNDLE=\`${file}\` cannot be read (${error.code ?? 'unknown error'}); correct the variable or unset it`;
    throw new SourceError(why, { source: 'aws', operation: 'read AWS_CA_BUNDLE' });
  });
  return { ca };
}

/** AWS_REGION, AWS_DEFAULT_REGION (which the `aws` command knows and the SDK does not), else what the SDK finds: the profile's, the instance's. */
async function regionOf(common: object, env: ClientOptions['env']): Promise<string | undefined> {
  const named = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (named) return named;
  const { client } = await open('sts', common, []);
  try {
    return await client.config.region();
  } catch (error) {
    if (error instanceof Error && error.message === 'Region is missing') return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

/** The answer as JSON has it: dates as text, and nothing about the call itself. */
function asPrinted(output: object): AwsAnswer {
  const { $metadata: _about, ...answer } = output as Record<string, unknown>;
  return JSON.parse(JSON.stringify(answer)) as AwsAnswer;
}
