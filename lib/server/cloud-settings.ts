import * as z from 'zod';

/** The cloud accounts that are read live, beside a cluster or a snapshot. Undefined: none of that cloud. */
export interface CloudSettings {
  /** Without profiles and roles: the account of the default credential chain. */
  readonly aws?: { readonly profiles: readonly string[]; readonly roles: readonly string[]; readonly regions: readonly string[] };
  readonly gcp?: { readonly projects: readonly string[] };
  readonly azure?: { readonly subscriptions: readonly string[] };
}

/** Names of accounts as options or variables give them. */
export interface CloudWords {
  /** Read AWS by the default credential chain; profiles, roles and regions ask for AWS by themselves. */
  readonly aws?: boolean | undefined;
  readonly awsProfiles?: readonly string[] | undefined;
  readonly awsRoles?: readonly string[] | undefined;
  readonly awsRegions?: readonly string[] | undefined;
  readonly gcpProjects?: readonly string[] | undefined;
  readonly azureSubscriptions?: readonly string[] | undefined;
}

/**
 * An id or a number, not a display name; `example.com:id` is the form of domain-scoped projects.
 * Source: https://cloud.google.com/resource-manager/docs/creating-managing-projects
 */
const GCP_PROJECT = /^([a-z0-9.-]{1,80}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$|^[0-9]{4,20}$/;
const AZURE_SUBSCRIPTION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const AWS_ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;
const AWS_REGION = /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/;

const awsProfiles = named(z.string().trim(), /^[^\p{Cc}]{1,200}$/u, 'no name of an AWS profile; `aws configure list-profiles` shows them');
const awsRoles = named(z.string().trim(), AWS_ROLE, 'no ARN of an IAM role, such as `arn:aws:iam::111122223333:role/podreach`');
const awsRegions = named(z.string().trim().toLowerCase(), AWS_REGION, 'no AWS region, such as `eu-west-1`');
const projects = named(z.string().trim(), GCP_PROJECT, 'no Google Cloud project id; `gcloud projects list` shows them');
const subscriptions = named(z.string().trim().toLowerCase(), AZURE_SUBSCRIPTION, 'no Azure subscription id; `az account list` shows them');

function named(word: z.ZodString, pattern: RegExp, complaint: string) {
  const one = word.regex(pattern, { error: ({ input }) => `\`${String(input).slice(0, 100)}\` is ${complaint}` });
  return z
    .array(one)
    .default([])
    .transform((words) => [...new Set(words)]);
}

const Words = z.object({
  aws: z.boolean().default(false),
  awsProfiles,
  awsRoles,
  awsRegions,
  gcpProjects: projects,
  azureSubscriptions: subscriptions,
});

/** A name of a cloud account that is none; the message says which, and where to find the right one. */
export class BadCloudName extends Error {
  override readonly name = 'BadCloudName';
}

/** Checks the names of cloud accounts. Throws a BadCloudName whose message says which name is wrong and where to find the right one. */
export function cloudSettingsOf(words: CloudWords): CloudSettings {
  const parsed = Words.safeParse(words);
  if (!parsed.success) throw new BadCloudName(parsed.error.issues[0]?.message ?? 'the names of the cloud accounts cannot be read');
  const { aws, awsProfiles: profiles, awsRoles: roles, awsRegions: regions, gcpProjects, azureSubscriptions } = parsed.data;
  return {
    ...(aws || profiles.length + roles.length + regions.length > 0 ? { aws: { profiles, roles, regions } } : {}),
    ...(gcpProjects.length === 0 ? {} : { gcp: { projects: gcpProjects } }),
    ...(azureSubscriptions.length === 0 ? {} : { azure: { subscriptions: azureSubscriptions } }),
  };
}

/** Whether any cloud is asked for. */
export function hasClouds(clouds: CloudSettings): boolean {
  return Object.keys(clouds).length > 0;
}

/** The clouds for people, after the name of the cluster: `prod-eu + 2 Google Cloud projects`. */
export function labelWithClouds(label: string, { aws, gcp, azure }: CloudSettings): string {
  const accounts = aws === undefined ? 0 : aws.profiles.length + aws.roles.length;
  return [
    label,
    ...(aws === undefined ? [] : [accounts > 1 ? `${accounts} AWS accounts` : 'AWS']),
    ...(gcp === undefined ? [] : [counted(gcp.projects.length, 'Google Cloud project')]),
    ...(azure === undefined ? [] : [counted(azure.subscriptions.length, 'Azure subscription')]),
  ].join(' + ');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
