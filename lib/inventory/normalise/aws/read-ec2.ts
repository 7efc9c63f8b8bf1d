import { z } from 'zod';
import type { AwsInstance } from '../../aws.ts';
import { type AwsReader, isTruncated, malformedGap, type Place, readEach, reader, tagsOf } from './reader.ts';
import { page, tags, text } from './shapes.ts';

const instanceShape = z.object({
  InstanceId: z.string(),
  IamInstanceProfile: z.object({ Arn: text }).nullish(),
  MetadataOptions: z
    .object({
      HttpTokens: z.enum(['optional', 'required']).nullish().catch(undefined),
      HttpPutResponseHopLimit: z.number().int().nullish(),
      HttpEndpoint: z.enum(['enabled', 'disabled']).nullish().catch(undefined),
    })
    .nullish(),
  Placement: z.object({ AvailabilityZone: text }).nullish(),
  Tags: tags,
});

const reservationShape = z.object({ OwnerId: z.string().regex(/^\d{12}$/), Instances: z.array(z.unknown()).nullish() });
const describeInstancesShape = z.object({ Reservations: z.array(z.unknown()), ...page });

/** A zone begins with its region, local and wavelength zones too: `us-west-2-lax-1a`. https://docs.aws.amazon.com/global-infrastructure/latest/regions/ */
const REGION_OF_ZONE = /^[a-z]{2,4}(?:-[a-z]{1,20}){1,3}?-\d{1,2}/;

/** DescribeInstances. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
export const EC2_READERS: readonly AwsReader[] = [
  reader({
    keys: ['Reservations'],
    shape: describeInstancesShape,
    read(answer, origin, sink) {
      let account = origin.account;
      const place = { file: origin.file, pointer: '/Reservations', sink };
      readEach(
        answer.Reservations,
        { shape: reservationShape, what: 'reservation of ec2 instances', place },
        ({ OwnerId, Instances }, at) => {
          account = OwnerId;
          readInstances(Instances ?? [], OwnerId, { ...at, pointer: `${at.pointer}/Instances` });
        },
      );
      const of = origin.resource === undefined ? {} : { of: origin.resource };
      sink.page({
        list: 'ec2 instances',
        ...of,
        permission: 'ec2:DescribeInstances',
        file: origin.file,
        truncated: isTruncated(answer),
        ...(account === undefined ? {} : { account }),
      });
    },
  }),
];

function readInstances(raws: readonly unknown[], account: string, place: Place): void {
  readEach(raws, { shape: instanceShape, what: 'ec2 instance', place }, (instance, at) => {
    const region = REGION_OF_ZONE.exec(instance.Placement?.AvailabilityZone ?? '')?.[0];
    if (region === undefined) {
      const pointer = `${at.pointer}/Placement/AvailabilityZone`;
      at.sink.gap(malformedGap('ec2 instance', { file: at.file, pointer, why: 'no availability zone' }));
      return;
    }
    at.sink.record('instances', instanceOf(instance, account, region));
  });
}

function instanceOf(instance: z.output<typeof instanceShape>, account: string, region: string): AwsInstance {
  const { HttpEndpoint, HttpPutResponseHopLimit, HttpTokens } = instance.MetadataOptions ?? {};
  const profile = instance.IamInstanceProfile?.Arn;
  return {
    id: instance.InstanceId,
    account,
    region,
    ...(profile == null ? {} : { instanceProfileArn: profile }),
    ...(HttpTokens == null ? {} : { httpTokens: HttpTokens }),
    ...(HttpPutResponseHopLimit == null ? {} : { httpPutResponseHopLimit: HttpPutResponseHopLimit }),
    ...(HttpEndpoint == null ? {} : { httpEndpoint: HttpEndpoint }),
    tags: tagsOf(instance.Tags),
  };
}
