import { type DataAccess, dataAccess } from '../../access/aws/data-access.ts';
import type { AwsPrincipal } from '../../access/aws/principal-statements.ts';
import { type Right, statementsBehind } from '../../access/aws/right.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { objectEvidence } from '../evidence/objects.ts';
import {
  AWS_PRINCIPALS,
  actors,
  changesOfWays,
  closingOfWays,
  fixOfChange,
  fixOfRights,
  principalAt,
  rightsEvidence,
  worldOf,
} from '../facts/aws-principals.ts';
import type { Facts } from '../facts/facts.ts';
import type { Evidence, NodeId } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** What the side panel needs of data in AWS. */
export interface AwsDataRecord {
  /** ARN or pattern, as a policy names it. */
  readonly resource: string;
  readonly service: string;
  /** Whether anybody who was read may read or change it. */
  readonly read: boolean;
  readonly write: boolean;
}

const dataId = ({ resource }: { readonly resource: string }): NodeId => `aws-resource:${resource}` as NodeId;

/** `acme-shop-assets/public/*` of an ARN; everything of an account by its number. */
function shortName(resource: string): string {
  const arn = splitArn(resource);
  if (arn === undefined) return resource;
  if (arn.resource === '*') return `everything in ${arn.account}`;
  return arn.service === 's3' ? arn.resource : arn.resource.replace(/^[a-z-]{1,20}[/:](?=.)/, '');
}

function nameOf(resource: string, title: string, { read, write }: { readonly read: boolean; readonly write: boolean }): string {
  return `${title} ${shortName(resource)} (${[read && 'read', write && 'write'].filter(Boolean).join(', ')})`;
}

const rightsOf = ({ read, write }: DataAccess): Right[] => [read, write].filter((right) => right !== undefined);

function accessOf(facts: Facts, principal: AwsPrincipal, to: number): readonly DataAccess[] {
  return dataAccess(worldOf(facts), principal).filter((access) => dataId(access) === facts.nodes.ids[to]);
}

/** Each action that reads or changes the data and that some statement allows: any one is enough to reach it. */
function waysOf(facts: Facts, principal: AwsPrincipal, to: number): { readonly action: string; readonly resource: string }[][] {
  return accessOf(facts, principal, to).flatMap(({ service, read, write }) => {
    const resource = (read ?? write)?.resource ?? '';
    const wishes = [...new Set([...service.read, ...service.write])].map((action) => ({
      action: `${service.service}:${action}`,
      resource,
    }));
    return wishes.filter((wish) => statementsBehind(worldOf(facts), principal, wish).length > 0).map((wish) => [wish]);
  });
}

/** The data's own policy, where that names the principal. */
function policyEvidence(facts: Facts, principal: AwsPrincipal, resource: string): Evidence[] {
  return worldOf(facts).aws.resourcePolicies.flatMap(({ arn, document }): Evidence[] => {
    if (arn !== resource && `${arn}/*` !== resource) return [];
    const statements = document?.statements ?? [];
    const names = statements.filter(
      ({ effect, principals }) => effect === 'Allow' && principals?.some(({ value }) => value === principal.arn),
    );
    return names.map(({ index, sid }) =>
      objectEvidence('AwsResourcePolicy', { name: arn }, '', `names ${principal.arn} in statement ${sid ?? index}`),
    );
  });
}

export const awsData = defineTechnique({
  id: 'aws-data',
  title: 'Reads or changes data in AWS',
  class: 'cloud',
  walked: true,
  from: AWS_PRINCIPALS,
  to: ['aws-resource'],
  action: 'Reads or changes objects, tables, secrets, parameters, queues and the like.',
  precondition:
    "The principal's policies name the data, or the data's policy names the principal, and boundary, organisation, Deny statements and resource policies leave it allowed.",
  remediation: 'Name the data that the workload uses, and the actions, instead of wildcards.',
  coverage: {
    level: 'partial',
    misses:
      'data that a policy opens to everybody, services that are not in the table, and Deny statements about a part of what a pattern names',
  },
  attck: ['T1530', 'T1555.006'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html'],
  find(facts, emit) {
    const world = worldOf(facts);
    const found = [...actors(facts)].map(({ node, principal }) => ({ node, accesses: dataAccess(world, principal) }));
    const records = new Map<NodeId, { resource: string; service: string; read: boolean; write: boolean }>();
    for (const access of found.flatMap(({ accesses }) => accesses)) {
      const id = dataId(access);
      const record = records.get(id) ?? { resource: access.resource, service: access.service.title, read: false, write: false };
      record.read ||= access.read !== undefined;
      record.write ||= access.write !== undefined;
      records.set(id, record);
    }
    for (const { node, accesses } of found) {
      for (const access of accesses) {
        const id = dataId(access);
        const record = records.get(id) as AwsDataRecord;
        const to = facts.nodes.internAs(id, { kind: 'aws-resource', name: nameOf(record.resource, record.service, record), record });
        emit(node, to, 0, rightsOf(access).some(({ sure }) => sure) ? 'certain' : 'conditional');
      }
    }
  },
  changes(facts, { from, to }) {
    const principal = principalAt(facts, from);
    return changesOfWays(facts, principal, waysOf(facts, principal, to));
  },
  closing(facts, { from, to }) {
    const principal = principalAt(facts, from);
    return closingOfWays(facts, principal, waysOf(facts, principal, to));
  },
  fix(facts, { from }, change) {
    return fixOfChange(facts, principalAt(facts, from), change);
  },
  explain(facts, { from, to, certainty }) {
    const principal = principalAt(facts, from);
    const accesses = accessOf(facts, principal, to);
    const rights = accesses.flatMap(rightsOf);
    const evidence = [...rightsEvidence(facts, principal, rights), ...policyEvidence(facts, principal, accesses[0]?.resource ?? '')];
    const account = objectEvidence(
      'AwsAccount',
      { name: principal.account },
      '',
      'whoever is administrator of the account may read and change what is in it',
    );
    const [first = account, ...rest] = evidence;
    const hangsOn = [...new Set(rights.flatMap(({ dependsOn }) => dependsOn))].join('; ');
    return { evidence: [first, ...rest], ...(certainty === 'certain' ? {} : { hangsOn }), fix: fixOfRights(facts, principal, rights) };
  },
});
