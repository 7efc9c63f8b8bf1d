import { z } from 'zod';
import { page, text } from './shapes.ts';

/** Shapes of Organizations' answers, reduced to what the inventory keeps. Source: https://docs.aws.amazon.com/organizations/latest/APIReference/ */

const policySummary = z.object({ Id: z.string(), Arn: text, Name: z.string(), Type: text });
const withId = z.object({ Id: z.string(), Arn: text });

export const describeOrganizationShape = z.object({
  Organization: z.object({ Id: text, MasterAccountId: text, ManagementAccountId: text }),
});
export const describePolicyShape = z.object({ Policy: z.object({ PolicySummary: policySummary, Content: z.unknown().optional() }) });
export const policiesShape = z.object({ Policies: z.array(policySummary), ...page });
export const targetsShape = z.object({ Targets: z.array(z.object({ TargetId: z.string() })), ...page });
export const parentsShape = z.object({ Parents: z.array(z.object({ Id: z.string() })), ...page });
export const childrenShape = z.object({ Children: z.array(z.object({ Id: z.string() })), ...page });
export const unitsShape = z.object({ OrganizationalUnits: z.array(withId), ...page });
export const rootsShape = z.object({ Roots: z.array(withId), ...page });
export const accountsShape = z.object({ Accounts: z.array(withId), ...page });
