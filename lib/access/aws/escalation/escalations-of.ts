import { isAdministrator } from '../administrator.ts';
import type { AwsWorld } from '../aws-world.ts';
import type { AwsPrincipal } from '../principal-statements.ts';
import { roleChains } from '../role-chains.ts';
import { escalationsFrom } from './escalate.ts';

/** Whom a principal reaches in AWS, by which actions, in a sentence. */
export interface EscalationAnswer {
  /** ARN of the role or user; `*`: administrator of the principal's account. */
  readonly reaches: string;
  readonly by: readonly string[];
  readonly why: string;
  /** What it hangs on; empty: it surely works. */
  readonly dependsOn: readonly string[];
}

/** Every way on from one principal: by escalation and by assuming a role; what surely works first, the strongest before the rest. */
export function escalationsOf(world: AwsWorld, principal: AwsPrincipal): readonly EscalationAnswer[] {
  const answers = escalationsFrom(world, principal).map(({ to, steps: [best] }): EscalationAnswer => {
    const by = best.row.needs.map(({ action }) => action);
    const over = best.target === undefined || to !== 'admin' ? '' : ` over ${best.target.arn}`;
    const reaches = to === 'admin' ? '*' : to.arn;
    const end = to === 'admin' ? `administrator of account ${principal.account}` : to.arn;
    return { reaches, by, why: `${by.join(', ')}${over} makes it ${end} (${best.row.id}).`, dependsOn: best.dependsOn };
  });
  for (const { to, answer } of roleChains(world, principal)) {
    answers.push({
      reaches: to.arn,
      by: ['sts:AssumeRole'],
      why: `The role's trust policy and its own policies let it in. ${answer.reason}`,
      dependsOn: answer.dependsOn,
    });
  }
  const rank = ({ reaches, dependsOn }: EscalationAnswer): number => (dependsOn.length > 0 ? 3 : 0) + strength(world, reaches);
  return [...answers].sort((one, other) => rank(one) - rank(other));
}

/** Administrator of the own account before those of others, and those before the rest. */
function strength({ index, principals }: AwsWorld, reaches: string): number {
  const target = principals.get(reaches);
  if (target === undefined) return 0;
  return isAdministrator(index, target).answer === 'yes' ? 1 : 2;
}
