import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { SourceError } from '../source-error.ts';
import { isRecord } from './page.ts';

export interface KubeconfigChoice {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly env: Record<string, string | undefined>;
  /** Where a pod finds its token; tests put another folder here. */
  readonly serviceAccountRoot?: string;
}

/** One context with its cluster and its user, in kubeconfig's own words; nothing of the other contexts is kept. */
export interface ChosenContext {
  readonly contextName: string;
  readonly clusterName: string;
  readonly namespace?: string;
  readonly cluster: Record<string, unknown>;
  readonly user: Record<string, unknown>;
}

type Entries = Map<string, Record<string, unknown>>;

interface Merged {
  readonly clusters: Entries;
  readonly contexts: Entries;
  readonly users: Entries;
  currentContext?: string;
}

const SERVICE_ACCOUNT_ROOT = '/var/run/secrets/kubernetes.io/serviceaccount';
const USER_FILES = ['client-certificate', 'client-key', 'tokenFile'] as const;

/**
 * The context to collect from: `kubeconfig`, else KUBECONFIG (several files are merged, the first that says something
 * wins, as kubectl does), else ~/.kube/config, else the service account of the pod this runs in.
 * Throws SourceError; its text never holds contents of the file.
 * Source: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
export async function loadKubeconfig(choice: KubeconfigChoice): Promise<ChosenContext> {
  const files = await kubeconfigFiles(choice);
  if (files.length === 0) return inCluster(choice);
  const merged: Merged = { clusters: new Map(), contexts: new Map(), users: new Map() };
  for (const file of files) mergeFile(merged, await readKubeconfig(file), file);
  return chooseContext(merged, choice.context, files.join(delimiter));
}

async function kubeconfigFiles({ kubeconfig, env }: KubeconfigChoice): Promise<string[]> {
  if (kubeconfig !== undefined && kubeconfig !== '') return [resolve(kubeconfig)];
  const listed = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (listed.length > 0) {
    const there = await readable(listed);
    if (there.length === 0)
      throw failure(`no file of KUBECONFIG=\`${listed.join(delimiter)}\` can be read; correct the variable or unset it`);
    return there.map((file) => resolve(file));
  }
  const home = env.HOME ?? env.USERPROFILE;
  return home === undefined ? [] : readable([join(home, '.kube', 'config')]);
}

async function readable(files: readonly string[]): Promise<string[]> {
  const checks = await Promise.allSettled(files.map((file) => access(file, constants.R_OK)));
  return files.filter((_, index) => checks[index]?.status === 'fulfilled');
}

async function readKubeconfig(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw failure(`kubeconfig \`${file}\` cannot be read (${error.code ?? 'unknown error'}); give another with --kubeconfig`);
  });
  // The parser's own message quotes the file, which holds credentials: say where, not what.
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const problem = document.errors[0];
  if (problem !== undefined) {
    const at = problem.linePos?.[0];
    throw failure(`kubeconfig \`${file}\` is no valid YAML${at === undefined ? '' : ` at line ${at.line}, column ${at.col}`}`);
  }
  const value: unknown = toPlain(document, file);
  if (!isRecord(value)) throw failure(`kubeconfig \`${file}\` is empty or no kubeconfig; \`kubectl config view\` shows what kubectl reads`);
  return value;
}

function toPlain(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw failure(`kubeconfig \`${file}\` has more YAML aliases than a kubeconfig needs`);
  }
}

function mergeFile(merged: Merged, document: Record<string, unknown>, file: string): void {
  const folder = dirname(resolve(file));
  addEntries(merged.clusters, document.clusters, 'cluster', (cluster) => withAbsolutePaths(cluster, ['certificate-authority'], folder));
  addEntries(merged.contexts, document.contexts, 'context', (context) => context);
  addEntries(merged.users, document.users, 'user', (user) => withAbsoluteCommand(withAbsolutePaths(user, USER_FILES, folder), folder));
  const current = document['current-context'];
  if (merged.currentContext === undefined && typeof current === 'string' && current !== '') merged.currentContext = current;
}

function addEntries(
  entries: Entries,
  list: unknown,
  key: string,
  adapt: (entry: Record<string, unknown>) => Record<string, unknown>,
): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    if (!isRecord(item) || typeof item.name !== 'string' || entries.has(item.name)) continue;
    const value = item[key];
    entries.set(item.name, adapt(isRecord(value) ? value : {}));
  }
}

function withAbsolutePaths(entry: Record<string, unknown>, keys: readonly string[], folder: string): Record<string, unknown> {
  const changed = { ...entry };
  for (const key of keys) {
    const path = changed[key];
    if (typeof path === 'string' && path !== '' && !isAbsolute(path)) changed[key] = join(folder, path);
  }
  return changed;
}

/** kubectl takes a command with a slash relative to the kubeconfig, a bare one from PATH. */
function withAbsoluteCommand(user: Record<string, unknown>, folder: string): Record<string, unknown> {
  const exec = user.exec;
  if (!isRecord(exec) || typeof exec.command !== 'string') return user;
  const { command } = exec;
  return /[/\\]/.test(command) && !isAbsolute(command) ? { ...user, exec: { ...exec, command: join(folder, command) } } : user;
}

function chooseContext(merged: Merged, wanted: string | undefined, files: string): ChosenContext {
  const contextName = wanted ?? merged.currentContext;
  if (contextName === undefined) {
    throw failure(`\`${files}\` has no current context; choose one with --context: ${listed(merged.contexts)}`);
  }
  const context = merged.contexts.get(contextName);
  if (context === undefined) throw failure(`there is no context \`${contextName}\` in \`${files}\`; there are: ${listed(merged.contexts)}`);
  const clusterName = text(context.cluster) ?? '';
  const cluster = merged.clusters.get(clusterName);
  if (cluster === undefined || text(cluster.server) === undefined) {
    throw failure(`context \`${contextName}\` of \`${files}\` names the cluster \`${clusterName}\`, which is missing or has no server`);
  }
  const userName = text(context.user);
  const user = userName === undefined ? {} : merged.users.get(userName);
  if (user === undefined) throw failure(`context \`${contextName}\` of \`${files}\` names the user \`${userName}\`, which is missing`);
  const namespace = text(context.namespace);
  return { contextName, clusterName, cluster, user, ...(namespace === undefined ? {} : { namespace }) };
}

async function inCluster({ env, context, serviceAccountRoot = SERVICE_ACCOUNT_ROOT }: KubeconfigChoice): Promise<ChosenContext> {
  const host = env.KUBERNETES_SERVICE_HOST;
  const [tokenFile, caFile, namespaceFile] = ['token', 'ca.crt', 'namespace'].map((name) => join(serviceAccountRoot, name)) as [
    string,
    string,
    string,
  ];
  if (host === undefined || (await readable([tokenFile])).length === 0) {
    throw failure(
      'found no kubeconfig: give one with --kubeconfig, set KUBECONFIG, create ~/.kube/config, or run in a pod with a service account token',
    );
  }
  if (context !== undefined)
    throw failure(`there is no context \`${context}\`: no kubeconfig was found and the pod's own service account has none`);
  const namespace = (await readFile(namespaceFile, 'utf8').catch(() => '')).trim();
  const address = host.includes(':') ? `[${host}]` : host;
  return {
    contextName: 'in-cluster',
    clusterName: 'in-cluster',
    cluster: { server: `https://${address}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`, 'certificate-authority': caFile },
    user: { tokenFile },
    ...(namespace === '' ? {} : { namespace }),
  };
}

function listed(contexts: Entries): string {
  const names = [...contexts.keys()];
  if (names.length === 0) return 'none';
  const shown = names
    .slice(0, 20)
    .map((name) => `\`${name}\``)
    .join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function failure(message: string): SourceError {
  return new SourceError(message, { source: 'kubernetes', operation: 'read kubeconfig' });
}
