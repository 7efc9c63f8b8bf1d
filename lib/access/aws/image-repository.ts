/** An image in ECR as a pod names it. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly repository: string;
  /** ARN of the repository. */
  readonly arn: string;
  /** `latest` where the reference has neither tag nor digest. */
  readonly tag: string;
}

/** A reference that is longer than this is no image's: names and tags are limited to 255 and 128 characters. */
const LONGEST = 512;

const ECR = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]{1,40})\.amazonaws\.com(\.cn)?\/([a-z0-9._/-]{2,256})(?::([\w.-]{1,128}))?$/;

/**
 * Reads `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG`. Undefined for images of other registries and for images with a digest, which
 * no push can change. Format: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export function mutableEcrImage(reference: string): EcrImage | undefined {
  if (reference.length > LONGEST || reference.includes('@')) return undefined;
  const [, account, region, china, repository, tag = 'latest'] = ECR.exec(reference) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  const partition = china !== undefined ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return { account, region, partition, repository, tag, arn: `arn:${partition}:ecr:${region}:${account}:repository/${repository}` };
}

/** What a push of an image takes. Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const PUSH_ACTIONS = ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'] as const;
