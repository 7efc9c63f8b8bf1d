import path from 'node:path';
import * as z from 'zod';
import { type CloudSettings, cloudSettingsOf, hasClouds, labelWithClouds } from './cloud-settings.ts';

/** What is read: exactly one of these. */
export type SourceSettings =
  | { readonly type: 'demo'; readonly path: string; readonly label: string }
  | { readonly type: 'snapshot'; readonly path: string; readonly label: string }
  | {
      readonly type: 'kubernetes';
      readonly kubeconfig?: string;
      readonly context?: string;
      readonly namespaces?: readonly string[];
      readonly label: string;
    };

export interface Settings {
  readonly source: SourceSettings;
  /** Name, ARN or issuer, where the data holds several clusters. */
  readonly cluster?: string;
  /** Cloud accounts that are read live beside it. */
  readonly clouds: CloudSettings;
}

const word = z
  .string()
  .transform((text) => text.trim())
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const Environment = z.object({
  PODREACH_SNAPSHOT: word,
  PODREACH_KUBECONFIG: word,
  PODREACH_CONTEXT: word,
  PODREACH_NAMESPACES: word,
  PODREACH_CLUSTER: word,
  PODREACH_DEMO: word,
  PODREACH_AWS: word,
  PODREACH_AWS_PROFILES: word,
  PODREACH_AWS_ROLES: word,
  PODREACH_AWS_REGIONS: word,
  PODREACH_GCP_PROJECTS: word,
  PODREACH_AZURE_SUBSCRIPTIONS: word,
  KUBECONFIG: word,
  KUBERNETES_SERVICE_HOST: word,
});

const DEMO = { type: 'demo', path: path.join(process.cwd(), 'demo'), label: 'demo' } as const;

/**
 * What the environment asks for (`npm start -- --help` lists the variables; options become variables before the server starts). A snapshot
 * before a kubeconfig; in a pod the cluster it runs in; else the demo. Whoever names live cloud accounts never gets the demo beside them, but
 * the current context of the usual kubeconfig. Throws where two sources are asked for at once.
 */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): Settings {
  const known = Environment.parse(env);
  const clouds = cloudSettingsOf({
    aws: known.PODREACH_AWS !== undefined,
    awsProfiles: listOf(known.PODREACH_AWS_PROFILES),
    awsRoles: listOf(known.PODREACH_AWS_ROLES),
    awsRegions: listOf(known.PODREACH_AWS_REGIONS),
    gcpProjects: listOf(known.PODREACH_GCP_PROJECTS),
    azureSubscriptions: listOf(known.PODREACH_AZURE_SUBSCRIPTIONS),
  });
  const rest = { clouds, ...(known.PODREACH_CLUSTER === undefined ? {} : { cluster: known.PODREACH_CLUSTER }) };
  const live = known.PODREACH_KUBECONFIG ?? known.PODREACH_CONTEXT;
  if (known.PODREACH_SNAPSHOT !== undefined && live !== undefined) {
    throw new Error('PODREACH_SNAPSHOT and PODREACH_KUBECONFIG or PODREACH_CONTEXT are both set; set one of them');
  }
  if (known.PODREACH_SNAPSHOT !== undefined) {
    return {
      source: {
        type: 'snapshot',
        path: path.resolve(known.PODREACH_SNAPSHOT),
        label: labelWithClouds(path.basename(known.PODREACH_SNAPSHOT), clouds),
      },
      ...rest,
    };
  }
  const asked = live ?? known.KUBECONFIG ?? known.KUBERNETES_SERVICE_HOST;
  if (known.PODREACH_DEMO !== undefined && hasClouds(clouds)) {
    throw new Error('PODREACH_DEMO and live cloud accounts are both set; the demo has accounts of its own, so set one of them');
  }
  if (known.PODREACH_DEMO !== undefined || (asked === undefined && !hasClouds(clouds))) return { source: DEMO, ...rest };
  const namespaces = listOf(known.PODREACH_NAMESPACES);
  return {
    source: {
      type: 'kubernetes',
      ...(known.PODREACH_KUBECONFIG === undefined ? {} : { kubeconfig: known.PODREACH_KUBECONFIG }),
      ...(known.PODREACH_CONTEXT === undefined ? {} : { context: known.PODREACH_CONTEXT }),
      ...(namespaces === undefined ? {} : { namespaces }),
      label: labelWithClouds(known.PODREACH_CONTEXT ?? 'current context', clouds),
    },
    ...rest,
  };
}

/** Words between commas. */
function listOf(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
