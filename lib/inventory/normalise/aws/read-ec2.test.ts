import { expect, test } from 'vitest';
import { ACCOUNT, collected } from './testing/collected.ts';

const PROFILE = `arn:aws:iam::${ACCOUNT}:instance-profile/node`;
const INSTANCE = {
  InstanceId: 'i-1',
  IamInstanceProfile: { Arn: PROFILE, Id: 'x' },
  MetadataOptions: { State: 'applied', HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpEndpoint: 'enabled' },
  Placement: { AvailabilityZone: 'eu-west-1a' },
  Tags: [{ Key: 'eks:cluster-name', Value: 'prod' }],
};
const answer = (...instances: unknown[]) => ({ Reservations: [{ OwnerId: ACCOUNT, Instances: instances }] });

test('an instance says its role and its metadata service', () => {
  const { aws, gaps } = collected(['a.json', answer(INSTANCE)]);
  expect(gaps).toEqual([]);
  expect(aws.instances).toEqual([
    {
      id: 'i-1',
      account: ACCOUNT,
      region: 'eu-west-1',
      instanceProfileArn: PROFILE,
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
      httpEndpoint: 'enabled',
      tags: new Map([['eks:cluster-name', 'prod']]),
    },
  ]);
});

test('what an instance does not say, and values that are new, stay open', () => {
  const bare = { InstanceId: 'i-1', Placement: INSTANCE.Placement };
  const { aws } = collected(['a.json', answer(bare, { ...bare, InstanceId: 'i-0', MetadataOptions: { HttpTokens: 'quantum' } })]);
  expect(aws.instances).toEqual(['i-0', 'i-1'].map((id) => ({ id, account: ACCOUNT, region: 'eu-west-1', tags: new Map() })));
});

test.each([
  ['eu-west-1a', 'eu-west-1'],
  ['us-gov-west-1b', 'us-gov-west-1'],
  ['ap-southeast-2c', 'ap-southeast-2'],
  ['us-west-2-lax-1a', 'us-west-2'],
  ['us-east-1-wl1-bos-wlz-1', 'us-east-1'],
  ['cn-north-1a', 'cn-north-1'],
])('the zone %s is of region %s', (zone, region) => {
  expect(collected(['a.json', answer({ ...INSTANCE, Placement: { AvailabilityZone: zone } })]).aws.instances[0]?.region).toBe(region);
});

test.each([
  ['no zone', answer({ ...INSTANCE, Placement: {} }), '/Reservations/0/Instances/0/Placement/AvailabilityZone'],
  ['no id', answer(INSTANCE, {}), '/Reservations/0/Instances/1/InstanceId'],
  ['no owner', { Reservations: [{ Instances: [INSTANCE] }] }, '/Reservations/0/OwnerId'],
])('%s is a gap', (_name, malformed, pointer) => {
  expect(collected(['a.json', malformed]).gaps).toMatchObject([{ file: 'a.json', pointer }]);
});

test('a list that is cut off is a gap', () => {
  expect(collected(['a.json', { ...answer(INSTANCE), NextToken: 'x' }]).gaps).toMatchObject([{ permission: 'ec2:DescribeInstances' }]);
});
