/** One entry of the ConfigMap kube-system/aws-auth. */
export interface AwsAuthMapping {
  /** Which list it stands in; `mapAccounts` lets every identity of an account in under its ARN. */
  readonly list: 'mapRoles' | 'mapUsers' | 'mapAccounts';
  readonly index: number;
  /** ARN of the role or user; the account's id in `mapAccounts`. */
  readonly identity: string;
  /** With its templates ({{AccountID}}, {{SessionName}}, {{EC2PrivateDNSName}}) as written. */
  readonly username?: string;
  readonly groups: readonly string[];
}
