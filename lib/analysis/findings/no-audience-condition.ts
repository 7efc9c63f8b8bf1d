import { statementPointer } from '../../access/aws/statement.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import { objectEvidence } from '../../graph/evidence/objects.ts';
import type { PolicyPrincipal, PolicyStatement } from '../../inventory/aws.ts';
import { comparing, isOwnProvider, rewritten, trustStep } from '../finding-facts/aws-steps.ts';
import { identityNode } from '../finding-facts/cloud-nodes.ts';
import { fixBy } from '../finding-facts/fix-steps.ts';
import { cloudIdentities } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const ACTIONS = new Set(['sts:assumerolewithwebidentity', 'sts:*', '*', 'sts:assumerole*', 'sts:assumerolewith*']);

/** Of tokens that EKS' webhook asks for. */
const AUDIENCE = 'sts.amazonaws.com';

/** Lets tokens of the cluster's provider in without comparing whom they are for. */
const isLoose = (
  { effect, principals = [], actions = [], conditions }: PolicyStatement,
  isOwn: (principal: PolicyPrincipal) => boolean,
): boolean =>
  effect === 'Allow' &&
  principals.some(isOwn) &&
  actions.some((action) => ACTIONS.has(action.toLowerCase())) &&
  !conditions.some(({ key }) => key.toLowerCase().endsWith(':aud'));

export const noAudienceCondition = defineFinding({
  id: 'no-audience-condition',
  title: 'Trust policies do not compare the audience',
  severity: 'low',
  class: 'cloud',
  why: "A token that was made for another service opens the role as well, as long as the provider's list of audiences has it.",
  remediation: 'Compare `:aud` with `sts.amazonaws.com` under StringEquals.',
  misses: 'roles of other clusters and of other providers',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html'],
  prevention: noPolicy('the trust is in the cloud account; check the code that writes roles'),
  population: cloudIdentities,
  *find(world) {
    const connected = new Set(
      cloudLinks(world.inventory).flatMap(({ provider, identity, state }) => (provider === 'aws' && state !== 'broken' ? [identity] : [])),
    );
    const { roles, oidcProviders } = world.inventory.aws;
    const isOwn = (principal: PolicyPrincipal): boolean => isOwnProvider(world.inventory, principal);
    const audiences = new Map(oidcProviders.map(({ arn, clientIds }) => [arn, clientIds?.length]));
    for (const role of roles) {
      if (!connected.has(role.arn)) continue;
      const loose = role.trust.statements.filter((statement) => isLoose(statement, isOwn));
      const [first, ...rest] = loose.map((statement) =>
        objectEvidence(
          'AwsRole',
          { name: role.arn },
          `/AssumeRolePolicyDocument${statementPointer(statement)}`,
          'has no condition on :aud',
        ),
      );
      if (first === undefined) continue;
      const providers = loose.flatMap(({ principals = [] }) => principals.filter(isOwn).map(({ value }) => value));
      const many = providers.some((arn) => (audiences.get(arn) ?? 1) > 1);
      const node = identityNode(world, 'aws', role.arn);
      yield {
        subject: { kind: 'AwsRole', name: role.arn, ...(node === undefined ? {} : { node }) },
        severity: many ? 'medium' : 'low',
        whyHere: many
          ? 'its provider accepts more than one audience, and a token for any of them opens it'
          : 'its provider accepts one audience today, or its list was not read',
        evidence: [first, ...rest],
        fix: fixBy(`add \`StringEquals\` on the provider's \`:aud\` with \`${AUDIENCE}\` to the trust policy of ${role.name}`, [
          trustStep(
            role,
            rewritten(role.trust, (statement) =>
              loose.includes(statement) ? comparing(statement, { claim: 'aud', values: [AUDIENCE], isMeant: isOwn }) : [statement],
            ),
          ),
        ]),
      };
    }
  },
});
