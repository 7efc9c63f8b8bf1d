import type { z } from 'zod';
import type { AwsOrigin } from '../aws-origin.ts';
import * as shapes from './organization-shapes.ts';
import { type AwsReader, homelessGap, isTruncated, readDocument, reader } from './reader.ts';
import type { AwsSink } from './sink.ts';

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';
/** Every ARN of an organisation names its management account and its id: `arn:aws:organizations::ACCOUNT:ou/o-ID/…`. */
const OWNER = /^arn:[a-z-]{1,20}:organizations::(\d{12}):[a-z_]{1,30}\/(o-[a-z0-9]{10,32})(?:\/|$)/;

/** What Organizations says of service control policies and of the tree that they hang on. */
export const ORGANIZATION_READERS: readonly AwsReader[] = [
  reader({
    keys: ['Organization'],
    everyday: true,
    shape: shapes.describeOrganizationShape,
    read({ Organization: { Id, MasterAccountId, ManagementAccountId } }, _origin, sink) {
      const managementAccount = ManagementAccountId ?? MasterAccountId;
      sink.organization({
        says: 'organization',
        ...(Id == null ? {} : { id: Id }),
        ...(managementAccount == null ? {} : { managementAccount }),
      });
    },
  }),
  reader({ keys: ['Policies'], commands: ['organizations-list-policies'], shape: shapes.policiesShape, read: readPolicies }),
  reader({
    keys: ['Policies'],
    commands: ['organizations-list-policies-for-target'],
    // Without a path nobody knows the target, but the policies are still policies.
    tells: (answer) => firstOf(answer, 'Policies')?.Type === SCP,
    shape: shapes.policiesShape,
    read: readPoliciesForTarget,
  }),
  reader({
    keys: ['Policy'],
    commands: ['organizations-describe-policy'],
    tells: (answer) => shapes.describePolicyShape.safeParse(answer).success,
    shape: shapes.describePolicyShape,
    read: readPolicy,
  }),
  reader({ keys: ['Targets'], commands: ['organizations-list-targets-for-policy'], shape: shapes.targetsShape, read: readTargets }),
  reader({
    keys: ['Parents'],
    commands: ['organizations-list-parents'],
    shape: shapes.parentsShape,
    read(answer, origin, sink) {
      const [parent] = answer.Parents;
      if (origin.resource === undefined)
        sink.gap(homelessGap('parent in the organisation', origin, 'ACCOUNT/organizations-list-parents/CHILD.json'));
      else if (parent !== undefined) sink.organization({ says: 'parent', child: origin.resource, parent: parent.Id });
    },
  }),
  reader({
    keys: ['Children'],
    commands: ['organizations-list-children'],
    shape: shapes.childrenShape,
    read: (answer, origin, sink) => readChildren(answer.Children, answer, { origin, sink }),
  }),
  reader({
    keys: ['OrganizationalUnits'],
    shape: shapes.unitsShape,
    read: (answer, origin, sink) => readChildren(answer.OrganizationalUnits, answer, { origin, sink }),
  }),
  reader({
    keys: ['Roots'],
    everyday: true,
    shape: shapes.rootsShape,
    read(answer, _origin, sink) {
      for (const { Arn, Id } of answer.Roots) {
        sink.organization({ says: 'root', id: Id });
        addOwner(Arn, sink);
      }
    },
  }),
  reader({
    keys: ['Accounts'],
    commands: ['organizations-list-accounts', 'organizations-list-accounts-for-parent'],
    tells: (answer) => OWNER.test(String(firstOf(answer, 'Accounts')?.Arn)),
    shape: shapes.accountsShape,
    read: readAccounts,
  }),
];

/** The first record under a key, unparsed. */
function firstOf(answer: object, key: string): Record<string, unknown> | undefined {
  const list = (answer as Record<string, unknown>)[key];
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : undefined;
}

function readPolicies(answer: z.output<typeof shapes.policiesShape>, origin: AwsOrigin, sink: AwsSink): void {
  const ids = addPolicies(answer.Policies, origin, sink);
  // A list of another type of policy says nothing of how many service control policies there are.
  if (ids.length === 0 && answer.Policies.length > 0) return;
  const truncated = isTruncated(answer);
  sink.organization({ says: 'policies', ids, whole: !truncated });
  sink.page({
    list: 'service control policies',
    of: 'the organisation',
    permission: 'organizations:ListPolicies',
    truncated,
    ...pageOf(origin),
  });
}

function readPoliciesForTarget(answer: z.output<typeof shapes.policiesShape>, origin: AwsOrigin, sink: AwsSink): void {
  const policies = addPolicies(answer.Policies, origin, sink);
  const { command, resource: target } = origin;
  if (policies.length === 0 && answer.Policies.length > 0) return;
  if (target === undefined) {
    // No path at all: the answer may as well be that of list-policies, which names no target.
    if (command !== undefined)
      sink.gap(homelessGap('policies of a target', origin, 'ACCOUNT/organizations-list-policies-for-target/TARGET.json'));
    return;
  }
  const truncated = isTruncated(answer);
  sink.organization({ says: 'attached', target, policies, whole: !truncated });
  const permission = 'organizations:ListPoliciesForTarget';
  sink.page({ list: 'service control policies', of: target, permission, truncated, ...pageOf(origin) });
}

/** Tells of the service control policies among them and returns their ids. */
function addPolicies(policies: z.output<typeof shapes.policiesShape>['Policies'], origin: AwsOrigin, sink: AwsSink): string[] {
  const ids: string[] = [];
  for (const { Arn, Id, Name, Type } of policies) {
    if (Type === RCP && Name !== 'RCPFullAWSAccess') sink.gap(resourceControlGap(Name, origin));
    if (Type !== SCP) continue;
    ids.push(Id);
    sink.organization({ says: 'policy', id: Id, name: Name, ...(Arn == null ? {} : { arn: Arn }) });
    addOwner(Arn, sink);
  }
  return ids;
}

function readPolicy(
  { Policy: { Content, PolicySummary } }: z.output<typeof shapes.describePolicyShape>,
  origin: AwsOrigin,
  sink: AwsSink,
): void {
  const { Arn, Id, Name, Type } = PolicySummary;
  if (Type === RCP && Name !== 'RCPFullAWSAccess') sink.gap(resourceControlGap(Name, origin));
  if (Type != null && Type !== SCP) return;
  const at = { file: origin.file, pointer: '/Policy/Content', sink };
  const document = readDocument(Content, `service control policy ${Name}`, at);
  sink.organization({ says: 'policy', id: Id, name: Name, ...(Arn == null ? {} : { arn: Arn }), document });
  addOwner(Arn, sink);
}

function readTargets(answer: z.output<typeof shapes.targetsShape>, origin: AwsOrigin, sink: AwsSink): void {
  const { resource: policy } = origin;
  if (policy === undefined) {
    sink.gap(homelessGap('targets of a policy', origin, 'ACCOUNT/organizations-list-targets-for-policy/POLICY.json'));
    return;
  }
  const truncated = isTruncated(answer);
  sink.organization({ says: 'targets', policy, targets: answer.Targets.map(({ TargetId }) => TargetId), whole: !truncated });
  const permission = 'organizations:ListTargetsForPolicy';
  sink.page({ list: 'targets', of: `service control policy ${policy}`, permission, truncated, ...pageOf(origin) });
}

function readChildren(
  children: readonly { readonly Id: string }[],
  answer: Parameters<typeof isTruncated>[0],
  { origin, sink }: { readonly origin: AwsOrigin; readonly sink: AwsSink },
): void {
  const { command, resource: parent } = origin;
  if (parent === undefined) {
    sink.gap(
      homelessGap(
        'children in the organisation',
        origin,
        `ACCOUNT/${command ?? 'organizations-list-organizational-units-for-parent'}/PARENT.json`,
      ),
    );
    return;
  }
  for (const { Id } of children) sink.organization({ says: 'parent', child: Id, parent });
  const permission = 'organizations:ListChildren';
  sink.page({ list: `children (${command ?? 'units'})`, of: parent, permission, truncated: isTruncated(answer), ...pageOf(origin) });
}

function readAccounts(answer: z.output<typeof shapes.accountsShape>, origin: AwsOrigin, sink: AwsSink): void {
  for (const { Arn, Id } of answer.Accounts) {
    sink.organization({ says: 'account', id: Id });
    addOwner(Arn, sink);
  }
  if (origin.command === 'organizations-list-accounts-for-parent') {
    readChildren(answer.Accounts, answer, { origin, sink });
    return;
  }
  const truncated = isTruncated(answer);
  sink.organization({ says: 'accounts', whole: !truncated });
  const permission = 'organizations:ListAccounts';
  sink.page({ list: 'accounts', of: 'the organisation', permission, truncated, ...pageOf(origin) });
}

/** What an ARN says of the organisation. */
function addOwner(arn: string | null | undefined, sink: AwsSink): void {
  const match = OWNER.exec(arn ?? '');
  if (match?.[1] !== undefined && match[2] !== undefined)
    sink.organization({ says: 'organization', id: match[2], managementAccount: match[1] });
}

function pageOf({ account, file }: AwsOrigin): { readonly file: string; readonly account?: string } {
  return { file, ...(account === undefined ? {} : { account }) };
}

function resourceControlGap(name: string, { file }: AwsOrigin): Parameters<AwsSink['gap']>[0] {
  return {
    source: 'aws',
    what: `resource control policy ${name}`,
    where: file,
    why: 'resource control policies are not evaluated, so what it denies may be shown as allowed',
    remedy: 'read the policy beside every path that ends at a resource',
    file,
  };
}
