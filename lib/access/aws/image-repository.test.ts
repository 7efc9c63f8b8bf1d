import { describe, expect, it } from 'vitest';
import { mutableEcrImage } from './image-repository.ts';

const HOST = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

describe('mutableEcrImage', () => {
  it.each([
    ['a tag', `${HOST}/shop/api:1.2`, 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/api', '1.2'],
    ['no tag', `${HOST}/api`, 'arn:aws:ecr:eu-west-1:111122223333:repository/api', 'latest'],
    ['China', '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/api:1', 'arn:aws-cn:ecr:cn-north-1:111122223333:repository/api', '1'],
    [
      'GovCloud',
      '111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/api:1',
      'arn:aws-us-gov:ecr:us-gov-west-1:111122223333:repository/api',
      '1',
    ],
    [
      'a FIPS endpoint',
      '111122223333.dkr.ecr-fips.us-east-1.amazonaws.com/api:1',
      'arn:aws:ecr:us-east-1:111122223333:repository/api',
      '1',
    ],
  ])('reads %s', (_name, reference, arn, tag) => {
    expect(mutableEcrImage(reference)).toMatchObject({ arn, tag });
  });

  it.each([
    ['a digest', `${HOST}/api@sha256:${'0'.repeat(64)}`],
    ['a tag and a digest', `${HOST}/api:1@sha256:${'0'.repeat(64)}`],
    ['another registry', 'docker.io/library/nginx:1'],
    ['the public ECR', 'public.ecr.aws/nginx/nginx:1'],
    ['no account', 'dkr.ecr.eu-west-1.amazonaws.com/api:1'],
    ['a host that only ends like it', `${HOST}.example.com/api:1`],
    ['a host that only begins like it', `evil-${HOST}/api:1`],
    ['no repository', HOST],
    ['nothing', ''],
    ['far too long a text', `${HOST}/${'a/'.repeat(100_000)}`],
  ])('is none: %s', (_name, reference) => {
    expect(mutableEcrImage(reference)).toBeUndefined();
  });
});
