import { command, kubectl } from '../../../shell.ts';
import { roleName, trustDocument, webIdentityStatement } from '../aws-trust.ts';
import type { ChainFacts } from '../chain-facts.ts';
import type { Finding, Remedy } from '../diagnosis.ts';
import { POINTERS } from './pointer.ts';

const MISSING = new Set(['role-missing', 'invalid-arn', 'target-role-missing', 'gsa-missing', 'client-id-unknown', 'identity-missing']);
const DISABLED = new Set(['gsa-disabled']);

/** Object kind and pointer of what was read of an identity, per cloud. */
const RECORDS = {
  aws: { kind: 'AwsRole', pointer: '/Arn' },
  gcp: { kind: 'GcpServiceAccount', pointer: '/email' },
  azure: { kind: 'AzureIdentity', pointer: '/properties/clientId' },
} as const;

/** Is the identity there, and not switched off? */
export function identityStep(facts: ChainFacts): Finding {
  const { link } = facts;
  const record = RECORDS[link.provider];
  if (link.code === 'invalid-arn' || link.code === 'annotation-malformed')
    return { status: 'skipped', says: 'The annotation names no identity that could be looked for.', evidence: [] };
  if (DISABLED.has(link.code))
    return {
      status: 'failed',
      says: link.reason,
      evidence: [{ kind: record.kind, name: link.identity, pointer: '/disabled', says: 'is true' }],
      fix: {
        says: 'enable it, if it was not switched off on purpose',
        command: command('gcloud', 'iam', 'service-accounts', 'enable', '--', link.identity),
      },
    };
  if (MISSING.has(link.code)) return { status: 'failed', says: link.reason, evidence: link.evidence.slice(0, 1), fix: lookFor(facts) };
  if (link.principal !== undefined)
    return {
      status: 'ok',
      says: `\`${link.identity}\` exists.`,
      evidence: [{ kind: record.kind, name: link.identity, pointer: record.pointer, says: `is \`${link.identity}\`` }],
    };
  return {
    status: 'unknown',
    says: `Whether \`${link.identity}\` exists is not known: it was not read.`,
    evidence: [],
  };
}

function lookFor(facts: ChainFacts): Remedy {
  const { link, world, namespace, name } = facts;
  if (link.provider === 'gcp') return createGoogle(link.identity);
  if (link.provider === 'azure') {
    const query = `--query=[?clientId=='${/^[0-9a-f-]{1,64}$/i.test(link.identity) ? link.identity : 'CLIENT-ID'}']`;
    return {
      says: 'see which identity has this client id, and annotate one that is there',
      command: command('az', 'identity', 'list', query),
    };
  }
  const { roles } = world.inventory.aws;
  const namesake = roles.find(({ arn }) => roleName(arn) === roleName(link.identity));
  if (link.method === 'irsa' && namesake !== undefined)
    return {
      says: 'annotate the whole ARN of the role that is there, path and account included',
      command: kubectl(namespace, 'annotate', '--overwrite', 'serviceaccount', name, `${POINTERS.irsa}=${namesake.arn}`),
    };
  const create = [`--role-name=${roleName(link.identity)}`, `--assume-role-policy-document=${trustDocument(trustStatement(facts))}`];
  return { says: 'create the role, or name one that is there', command: command('aws', 'iam', 'create-role', ...create) };
}

const trustStatement = (facts: ChainFacts): object =>
  facts.link.method === 'irsa'
    ? webIdentityStatement(facts)
    : { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };

function createGoogle(email: string): Remedy {
  const at = email.indexOf('@');
  const project = email.slice(at + 1).replace(/\.iam\.gserviceaccount\.com$/, '');
  return {
    says: 'create it, or annotate one that is there',
    command: command('gcloud', 'iam', 'service-accounts', 'create', `--project=${project}`, '--', email.slice(0, at)),
  };
}
