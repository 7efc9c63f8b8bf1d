import { statementPointer } from '../../access/aws/statement.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import { objectEvidence } from '../../graph/evidence/objects.ts';
import type { PolicyStatement } from '../../inventory/aws.ts';
import { identityNode } from '../finding-facts/cloud-nodes.ts';
import { cloudIdentities } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const ACTIONS = new Set(['sts:assumerolewithwebidentity', 'sts:*', '*', 'sts:assumerole*', 'sts:assumerolewith*']);

/** Lets tokens of an OIDC provider in without comparing whom they are for. */
const isLoose = ({ effect, principals = [], actions = [], conditions }: PolicyStatement): boolean =>
  effect === 'Allow' &&
  principals.some(({ type, value }) => type === 'Federated' && value.includes(':oidc-provider/')) &&
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
    const audiences = new Map(oidcProviders.map(({ arn, clientIds }) => [arn, clientIds?.length]));
    for (const role of roles) {
      if (!connected.has(role.arn)) continue;
      const loose = role.trust.statements.filter(isLoose);
      const [first, ...rest] = loose.map((statement) =>
        objectEvidence(
          'AwsRole',
          { name: role.arn },
          `/AssumeRolePolicyDocument${statementPointer(statement)}`,
          'has no condition on :aud',
        ),
      );
      if (first === undefined) continue;
      const providers = loose.flatMap(({ principals = [] }) => principals.map(({ value }) => value));
      const many = providers.some((arn) => (audiences.get(arn) ?? 1) > 1);
      const node = identityNode(world, 'aws', role.arn);
      yield {
        subject: { kind: 'AwsRole', name: role.arn, ...(node === undefined ? {} : { node }) },
        severity: many ? 'medium' : 'low',
        whyHere: many
          ? 'its provider accepts more than one audience, and a token for any of them opens it'
          : 'its provider accepts one audience today, or its list was not read',
        evidence: [first, ...rest],
        fix: { says: `add \`StringEquals\` on the provider's \`:aud\` with \`sts.amazonaws.com\` to the trust policy of ${role.name}` },
      };
    }
  },
});
