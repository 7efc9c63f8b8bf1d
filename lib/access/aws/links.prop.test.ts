import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexAws } from './aws-index.ts';
import { awsLinks } from './links.ts';
import { annotated, ISSUER, PROVIDER, role, roleArn, STS, serviceAccount, world } from './testing/world.ts';
import { canAssumeWithWebIdentity } from './web-identity.ts';

const ROLE = roleArn('app');
const PATHS = ['a/a', 'a/b', 'ab/a', 'b/constructor', '__proto__/a'];

const subject = fc.constantFrom(
  ...PATHS.map((path) => `system:serviceaccount:${path.replace('/', ':')}`),
  'system:serviceaccount:a:*',
  'system:serviceaccount:a:?',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
  'system:serviceaccount:a:${aws:username}',
  'system:serviceaccount:?:a',
  '*',
  'A',
  '',
);
const subCondition = fc.record({
  operator: fc.constantFrom(
    'StringEquals',
    'StringLike',
    'StringLikeIfExists',
    'ArnLike',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringEqualsIfExists',
    'ForAnyValue:StringEquals',
    'ForAllValues:StringEquals',
    'ForAllValues:StringNotLike',
    'Null',
    'Nonsense',
  ),
  key: fc.constantFrom(`${ISSUER}:sub`, `${ISSUER}:SUB`, `${ISSUER}:subject`, 'aws:SourceIp'),
  values: fc.array(fc.oneof(subject, fc.constantFrom('true', 'false')), { minLength: 1, maxLength: 2 }),
});
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Principal: fc.constantFrom({ Federated: PROVIDER }, { Federated: PROVIDER }, '*', { Service: 'ec2.amazonaws.com' }),
  Action: fc.constantFrom('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithWebIdentity', 'sts:*', 'sts:AssumeRole'),
  Condition: fc
    .array(subCondition, { maxLength: 2 })
    .map((list) => Object.fromEntries(list.map(({ operator, key, values }) => [operator, { [key]: values }]))),
});

it('links exactly the service accounts that the role lets in when each is asked for itself', () => {
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), fc.constantFrom(...PATHS), (trust, pointed) => {
      const serviceAccounts = PATHS.map((path) => (path === pointed ? annotated(path, ROLE) : serviceAccount(path)));
      const inventory = world({ roles: [role(ROLE, { trust })], serviceAccounts });
      const index = indexAws(inventory);
      const expected = PATHS.flatMap((path) => {
        const { canAssume, code } = canAssumeWithWebIdentity(index, { serviceAccount: path, roleArn: ROLE, audience: STS });
        if (path === pointed) return [`${path} ${canAssume === true ? 'wired' : canAssume === false ? 'broken' : 'conditional'} ${code}`];
        return canAssume === false ? [] : [`${path} ${canAssume === true ? 'possible' : 'conditional'} ${code}`];
      });
      expect(awsLinks(inventory).map((link) => `${link.serviceAccount} ${link.state} ${link.code}`)).toEqual(expected.sort());
    }),
    { seed: 20_260_502, numRuns: 1000 },
  );
});
