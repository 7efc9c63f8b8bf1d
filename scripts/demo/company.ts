/** Who the demo is about. Every name is made up; the account numbers belong to nobody. */
export const CLUSTER_NAME = 'fernwood-prod';
export const REGION = 'eu-central-1';
export const ACCOUNT = '210987654321';
/** A second account, which keeps the data lake. */
export const DATA_ACCOUNT = '210987654322';
export const CLUSTER_ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${CLUSTER_NAME}`;
/** The issuer without its scheme, as IAM writes it. */
export const ISSUER_HOST_PATH = `oidc.eks.${REGION}.amazonaws.com/id/8F2D41C7A9035BE6D1740C2A9E6B5F38`;
export const SERVER_VERSION = 'v1.34.2-eks-ecaa3a6';
export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;

/** ARN of a role in the cluster's account, or in another one. */
export function roleArn(name: string, account: string = ACCOUNT): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

/** ARN that the cluster's OIDC provider has, or would have, in an account. */
export function oidcProviderArn(account: string = ACCOUNT): string {
  return `arn:aws:iam::${account}:oidc-provider/${ISSUER_HOST_PATH}`;
}
