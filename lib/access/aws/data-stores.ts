/**
 * Services that keep data or secrets, with the actions that read or change what they keep. Listing and describing is not reading.
 * Actions and their resource types: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export interface DataService {
  /** Prefix of its actions. */
  readonly service: string;
  /** Service in the ARNs of its resources, where that is another. */
  readonly arnService?: string;
  /** What people call it. */
  readonly title: string;
  /** Actions without the service's prefix. */
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Type and example in the resource part of an ARN that is chosen at will. */
  readonly example: string;
  /** What resource parts of its data begin with, where the service has other resources as well. */
  readonly under?: string;
}

export const DATA_SERVICES: readonly DataService[] = [
  { service: 's3', title: 's3', read: ['GetObject', 'GetObjectVersion'], write: ['PutObject', 'DeleteObject'], example: 'any/any' },
  {
    service: 'dynamodb',
    title: 'dynamodb',
    read: ['GetItem', 'Query', 'Scan', 'BatchGetItem'],
    write: ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
    example: 'table/any',
    under: 'table/',
  },
  {
    service: 'secretsmanager',
    title: 'secretsmanager',
    read: ['GetSecretValue'],
    write: ['PutSecretValue', 'UpdateSecret'],
    example: 'secret:any',
    under: 'secret:',
  },
  {
    service: 'ssm',
    title: 'ssm parameter',
    read: ['GetParameter', 'GetParameters', 'GetParametersByPath'],
    write: ['PutParameter'],
    example: 'parameter/any',
    under: 'parameter/',
  },
  { service: 'kms', title: 'kms', read: ['Decrypt'], write: [], example: 'key/any', under: 'key/' },
  { service: 'sqs', title: 'sqs', read: ['ReceiveMessage'], write: ['SendMessage', 'PurgeQueue'], example: 'any' },
  { service: 'sns', title: 'sns', read: ['Subscribe'], write: ['Publish'], example: 'any' },
  {
    service: 'rds-data',
    arnService: 'rds',
    title: 'rds',
    read: ['ExecuteStatement'],
    write: ['ExecuteStatement'],
    example: 'cluster:any',
    under: 'cluster:',
  },
  { service: 'rds-db', title: 'rds login', read: ['connect'], write: ['connect'], example: 'dbuser:any/any', under: 'dbuser:' },
  {
    service: 'redshift-data',
    arnService: 'redshift',
    title: 'redshift',
    read: ['ExecuteStatement'],
    write: ['ExecuteStatement'],
    example: 'cluster:any',
    under: 'cluster:',
  },
  {
    service: 'kinesis',
    title: 'kinesis',
    read: ['GetRecords'],
    write: ['PutRecord', 'PutRecords'],
    example: 'stream/any',
    under: 'stream/',
  },
  {
    service: 'es',
    title: 'opensearch',
    read: ['ESHttpGet', 'ESHttpPost'],
    write: ['ESHttpPut', 'ESHttpDelete'],
    example: 'domain/any/any',
    under: 'domain/',
  },
  { service: 'elasticache', title: 'elasticache', read: ['Connect'], write: ['Connect'], example: 'replicationgroup:any' },
  {
    service: 'elasticfilesystem',
    title: 'efs',
    read: ['ClientMount'],
    write: ['ClientWrite'],
    example: 'file-system/any',
    under: 'file-system/',
  },
  { service: 'ecr', title: 'ecr', read: ['BatchGetImage'], write: ['PutImage'], example: 'repository/any', under: 'repository/' },
  { service: 'codecommit', title: 'codecommit', read: ['GitPull'], write: ['GitPush'], example: 'any' },
  { service: 'logs', title: 'logs', read: ['GetLogEvents', 'FilterLogEvents'], write: [], example: 'log-group:any', under: 'log-group:' },
];

const BY_ARN_SERVICE: ReadonlyMap<string, readonly DataService[]> = DATA_SERVICES.reduce((map, one) => {
  const key = one.arnService ?? one.service;
  return map.set(key, [...(map.get(key) ?? []), one]);
}, new Map<string, DataService[]>());

/** Services whose data an ARN of this service may be. */
export const servicesOfArn = (service: string): readonly DataService[] => BY_ARN_SERVICE.get(service) ?? [];
