import { policyJson, statementJson } from '../../access/aws/policy-json.ts';
import { command } from '../../access/shell.ts';
import type { AwsRole, PolicyDocument, PolicyPrincipal, PolicyStatement } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { FixStep } from './fix-steps.ts';
import { cloudDocument } from './patches.ts';

/** The trust policy of a role, whole, with these statements. Source: https://docs.aws.amazon.com/cli/latest/reference/iam/update-assume-role-policy.html */
export function trustStep({ arn, name, trust }: AwsRole, statements: readonly object[]): FixStep {
  const document = policyJson(trust, statements);
  return {
    command: command('aws', 'iam', 'update-assume-role-policy', `--role-name=${name}`, `--policy-document=${JSON.stringify(document)}`),
    patches: [cloudDocument({ kind: 'AwsRole', name: arn }, `The trust policy of role ${name} after the fix, whole`, document)],
  };
}

/** The statements of a document, some of them written as others. */
export const rewritten = (
  { statements }: PolicyDocument,
  rewrite: (statement: PolicyStatement) => readonly PolicyStatement[],
): readonly object[] => statements.flatMap((statement) => rewrite(statement).map(statementJson));

const OIDC = ':oidc-provider/';

const issuerOf = ({ type, value }: PolicyPrincipal): string | undefined =>
  type === 'Federated' && value.includes(OIDC) ? value.slice(value.indexOf(OIDC) + OIDC.length) : undefined;

/** Whether the principal is the OIDC provider of this cluster, or may be where its issuer is not known. */
export function isOwnProvider({ cluster }: Pick<Inventory, 'cluster'>, principal: PolicyPrincipal): boolean {
  const issuer = issuerOf(principal);
  return issuer !== undefined && (cluster.issuer === undefined || cluster.issuer.replace(/^https:\/\//, '') === issuer);
}

interface Comparison {
  /** `sub` of the provider's tokens, or `aud`. */
  readonly claim: string;
  readonly values: readonly string[];
  readonly isMeant: (principal: PolicyPrincipal) => boolean;
}

/**
 * A statement with a claim compared under StringEquals for the providers that are meant; conditions of one statement all have to hold. Tokens of
 * one provider have no keys of another, so each is let in by a statement of its own, and the first alone keeps the `Sid`, which has to be unique.
 */
export function comparing(statement: PolicyStatement, { claim, values, isMeant }: Comparison): readonly PolicyStatement[] {
  const { principals = [], conditions, sid, ...rest } = statement;
  const others = principals.filter((principal) => !isMeant(principal));
  const compared = principals.filter(isMeant).map((principal) => {
    const key = `${issuerOf(principal)}:${claim}`;
    const kept = conditions.filter((one) => one.operator !== 'StringEquals' || one.key.toLowerCase() !== key.toLowerCase());
    return { ...rest, principals: [principal], conditions: [...kept, { operator: 'StringEquals', key, values }] };
  });
  const all = [...(others.length === 0 ? [] : [{ ...rest, principals: others, conditions }]), ...compared];
  return all.map((one, place) => (place === 0 && sid !== undefined ? { ...one, sid } : one));
}
