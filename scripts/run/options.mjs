import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from './errors.mjs';

const OPTIONS = {
  snapshot: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  cluster: { type: 'string' },
  namespaces: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  demo: { type: 'boolean' },
  aws: { type: 'boolean' },
  'aws-profile': { type: 'string', multiple: true },
  'aws-role': { type: 'string', multiple: true },
  'aws-region': { type: 'string', multiple: true },
  'gcp-project': { type: 'string', multiple: true },
  'azure-subscription': { type: 'string', multiple: true },
};

/** Says what is read. An option of this kind replaces all of them, so that a variable left in the shell cannot mix in. */
const SOURCE_VARIABLES = ['PODREACH_SNAPSHOT', 'PODREACH_KUBECONFIG', 'PODREACH_CONTEXT', 'PODREACH_DEMO'];
const MINIMUM_TOKEN = 16;

function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: false, strict: true }).values;
  } catch (error) {
    throw new UsageError(firstSentence(error.message));
  }
}

const firstSentence = (text) =>
  text
    .split('. ')[0]
    .replace(/'/g, '`')
    .replace(/^./, (letter) => letter.toLowerCase());

/** Whether only this machine can reach the address. */
function isLoopback(host) {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

function portOf(text) {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65535)
    throw new UsageError(`the port has to be a number from 1 to 65535; got \`${text}\``);
  return port;
}

function existing(file, what, directory) {
  const absolute = path.resolve(directory, file);
  if (file === '' || !existsSync(absolute)) throw new UsageError(`there is no ${what} at \`${absolute}\``);
  return absolute;
}

const resolveList = (list, directory) =>
  list
    .split(path.delimiter)
    .filter(Boolean)
    .map((file) => path.resolve(directory, file))
    .join(path.delimiter);

/** The variables that say what to read, with options over the environment and paths made absolute. */
function sourceVariables(options, env, directory) {
  const chosen = { snapshot: options.snapshot, kubeconfig: options.kubeconfig, context: options.context, demo: options.demo };
  const kinds = [
    chosen.demo && '--demo',
    chosen.snapshot !== undefined && '--snapshot',
    (chosen.kubeconfig ?? chosen.context) !== undefined && '--kubeconfig or --context',
  ];
  const given = kinds.filter(Boolean);
  if (given.length > 1) throw new UsageError(`choose one of ${given.join(', ')}`);
  const result = Object.fromEntries(SOURCE_VARIABLES.map((name) => [name, given.length > 0 ? undefined : env[name] || undefined]));
  if (chosen.snapshot !== undefined) result.PODREACH_SNAPSHOT = chosen.snapshot;
  if (chosen.kubeconfig !== undefined) result.PODREACH_KUBECONFIG = chosen.kubeconfig;
  if (chosen.context !== undefined) result.PODREACH_CONTEXT = chosen.context;
  if (chosen.demo) result.PODREACH_DEMO = '1';
  if (result.PODREACH_SNAPSHOT !== undefined) result.PODREACH_SNAPSHOT = existing(result.PODREACH_SNAPSHOT, 'snapshot', directory);
  if (result.PODREACH_KUBECONFIG !== undefined) result.PODREACH_KUBECONFIG = existing(result.PODREACH_KUBECONFIG, 'kubeconfig', directory);
  // kubectl takes these from the caller's directory; the server runs in the checkout.
  if (env.KUBECONFIG) result.KUBECONFIG = resolveList(env.KUBECONFIG, directory);
  return result;
}

function assertToken(host, token) {
  if (token !== undefined && token !== '' && token.length < MINIMUM_TOKEN) {
    throw new UsageError(
      `PODREACH_TOKEN has ${token.length} characters and needs ${MINIMUM_TOKEN} or more; make one with \`openssl rand -hex 24\``,
    );
  }
  if (!isLoopback(host) && !token) {
    throw new UsageError(
      `\`${host}\` can be reached from other machines, so an access token is needed: set PODREACH_TOKEN to ${MINIMUM_TOKEN} or more characters (\`openssl rand -hex 24\`), or leave --host out to listen on 127.0.0.1`,
    );
  }
}

/**
 * What a command line and an environment ask for. The app reads the variables alone, and reads them once (lib/server/config.ts);
 * options are turned into them here. Throws UsageError.
 *
 * @param {string[]} args after the command
 * @param {Record<string, string | undefined>} env
 * @param {string} directory that relative paths are meant from
 * @returns {{ host: string, port: number, url: string, env: Record<string, string | undefined> }}
 */
export function settingsOf(args, env, directory) {
  const options = parsed(args);
  const host = options.host ?? (env.PODREACH_HOST || '127.0.0.1');
  const port = portOf(options.port ?? (env.PODREACH_PORT || '3000'));
  assertToken(host, env.PODREACH_TOKEN);
  const variables = {
    ...sourceVariables(options, env, directory),
    PODREACH_CLUSTER: options.cluster ?? env.PODREACH_CLUSTER,
    PODREACH_NAMESPACES: options.namespaces ?? env.PODREACH_NAMESPACES,
    PODREACH_AWS: options.aws ? '1' : env.PODREACH_AWS,
    PODREACH_AWS_PROFILES: options['aws-profile']?.join(',') ?? env.PODREACH_AWS_PROFILES,
    PODREACH_AWS_ROLES: options['aws-role']?.join(',') ?? env.PODREACH_AWS_ROLES,
    PODREACH_AWS_REGIONS: options['aws-region']?.join(',') ?? env.PODREACH_AWS_REGIONS,
    PODREACH_GCP_PROJECTS: options['gcp-project']?.join(',') ?? env.PODREACH_GCP_PROJECTS,
    PODREACH_AZURE_SUBSCRIPTIONS: options['azure-subscription']?.join(',') ?? env.PODREACH_AZURE_SUBSCRIPTIONS,
    PODREACH_HOST: host,
    PODREACH_PORT: String(port),
  };
  const shown = isLoopback(host) || !/^(0\.0\.0\.0|::|\[::\])$/.test(host) ? host : 'localhost';
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port,
    env: variables,
    url: `http://${shown.includes(':') && !shown.startsWith('[') ? `[${shown}]` : shown}:${port}`,
  };
}

/** Everything that can be asked for; works before anything is installed. */
export function helpText(suites) {
  return `Podreach: if this pod is compromised, what falls?

Usage: npm start [-- OPTIONS]        serve the dashboard; installs and builds first where needed
       npm test [-- --suite A,B]     run every check (${suites.join(', ')})
       npm run dev [-- OPTIONS]      development server
       npm run build                 build only
       npm run check                 types, lint and boundaries
       npm run bench [-- --quick]    measure speed and memory on generated clusters
       npm run generate [-- --check] write the bundled demo cluster and generated docs anew
       npm run -s podreach -- --help ask the same engine from a shell

What to read (without any of these: the cluster of KUBECONFIG where that is set, in a pod its own
cluster, else the bundled demo):
  --snapshot PATH      a folder, a file or a .tar.gz/.zip of what kubectl and aws print   PODREACH_SNAPSHOT
  --kubeconfig FILE    a live cluster by this kubeconfig                                  PODREACH_KUBECONFIG
  --context NAME       which context of the kubeconfig; without --kubeconfig that of      PODREACH_CONTEXT
                       KUBECONFIG, ~/.kube/config, or the pod's own service account
  --namespaces A,B     which namespaces, where listing the whole cluster is forbidden     PODREACH_NAMESPACES
  --cluster X          name, ARN or OIDC issuer of the cluster, where the data holds      PODREACH_CLUSTER
                       several or does not say
  --demo               the bundled demo cluster                                           PODREACH_DEMO=1

Cloud accounts to read live beside a cluster or a snapshot (not beside the demo):
  --aws                the account of the default credential chain (docs/aws.md)          PODREACH_AWS=1
  --aws-profile P      the account of a profile; may be repeated                          PODREACH_AWS_PROFILES=P,Q
  --aws-role ARN       an account through a role to assume; may be repeated               PODREACH_AWS_ROLES
  --aws-region R       a region with clusters, besides AWS_REGION; may be repeated        PODREACH_AWS_REGIONS
  --gcp-project A      a Google Cloud project; may be repeated (docs/gcp.md)              PODREACH_GCP_PROJECTS=A,B
  --azure-subscription X  an Azure subscription; may be repeated (docs/azure.md)          PODREACH_AZURE_SUBSCRIPTIONS=X,Y

Where to serve:
  --port N             default 3000                                                       PODREACH_PORT
  --host H             default 127.0.0.1; another address needs PODREACH_TOKEN            PODREACH_HOST
                       access token of ${MINIMUM_TOKEN} or more characters, asked for at /login or      PODREACH_TOKEN
                       sent as \`Authorization: Bearer …\`
                       further Host headers to answer to, for a proxy or a name:          PODREACH_ALLOWED_HOSTS
                       \`podreach.example.com,10.0.0.5:3000\`

  --help               this text

An option wins over its variable. Relative paths are taken from where you are. Exit code: 0 fine, 1 failed, 2 bad use.
`;
}
