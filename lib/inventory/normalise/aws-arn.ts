/** The parts of an ARN that decide something here; resource is everything after the fifth colon. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Splits `arn:partition:service:region:account:resource`; undefined for anything else. The resource may hold colons.
 * Format: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function splitArn(text: string): Arn | undefined {
  const parts = text.split(':', 5);
  const [prefix, partition, service, region, account] = parts;
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined) return undefined;
  const resource = text.slice(parts.join(':').length + 1);
  return resource === '' ? undefined : { partition, service, region, account, resource };
}
