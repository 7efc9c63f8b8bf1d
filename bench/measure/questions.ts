/**
 * Questions to the AWS evaluator, each asked of every pair of a service account and a role of the snapshot: may it assume the role with a
 * web identity token, and may the role then do something to a resource. One round warms up, one is counted.
 *
 * Usage: node bench/measure/questions.ts FOLDER → {"pairs", "questions", "assumePerSecond", "assumed", "accessPerSecond", "allowed"}
 */
import { evaluateAccess } from '../../lib/access/aws/access.ts';
import { indexAws } from '../../lib/access/aws/aws-index.ts';
import { canAssumeWithWebIdentity } from '../../lib/access/aws/web-identity.ts';
import { readSnapshot } from '../../lib/sources/snapshot/read.ts';
import { report } from './report-line.ts';

/** Enough for some seconds of work; a snapshot with fewer pairs is gone through again. Answers are not kept, so again costs as much. */
const PAIRS = 400_000;

const QUESTIONS = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::bench-3/file' },
  { action: 'iam:PassRole', resource: 'arn:aws:iam::111122223333:role/other' },
  { action: 'secretsmanager:GetSecretValue', resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf' },
  { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/*' },
] as const;

const inventory = await readSnapshot(process.argv[2] ?? '');
const index = indexAws(inventory);
const accounts = inventory.kubernetes.serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`);
const { roles } = inventory.aws;
if (accounts.length === 0 || roles.length === 0) throw new Error('the snapshot has no service accounts or no roles');

/** Visits one pair after another, accounts innermost, and tells how many answers were yes, so that nothing is optimised away. */
function perSecond(ask: (account: string, role: (typeof roles)[number], pair: number) => boolean): {
  readonly rate: number;
  readonly yes: number;
} {
  const start = performance.now();
  let yes = 0;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const account = accounts[pair % accounts.length] as string;
    const role = roles[Math.floor(pair / accounts.length) % roles.length] as (typeof roles)[number];
    if (ask(account, role, pair)) yes += 1;
  }
  return { rate: PAIRS / ((performance.now() - start) / 1000), yes };
}

const assume = (serviceAccount: string, { arn }: (typeof roles)[number]): boolean =>
  canAssumeWithWebIdentity(index, { serviceAccount, roleArn: arn, audience: 'sts.amazonaws.com' }).canAssume !== false;
const access = (_account: string, principal: (typeof roles)[number], pair: number): boolean =>
  evaluateAccess(index, { principal, ...(QUESTIONS[pair % QUESTIONS.length] as (typeof QUESTIONS)[number]) }).verdict === 'Allowed';

perSecond(assume);
perSecond(access);
const assumed = perSecond(assume);
const accessed = perSecond(access);
report({
  pairs: accounts.length * roles.length,
  questions: PAIRS,
  assumePerSecond: assumed.rate,
  assumed: assumed.yes,
  accessPerSecond: accessed.rate,
  allowed: accessed.yes,
});
