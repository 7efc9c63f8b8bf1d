import { textOf } from '../rest-reader.ts';
import { POLICY_VERSION_3 } from './read-project.ts';
import type { GcpRun } from './run.ts';

/** Folders may stand ten deep below an organisation: https://cloud.google.com/resource-manager/docs/limits */
const MAX_DEPTH = 12;

const ANCESTOR = /^(folders|organizations)\/([0-9]{1,30})$/;

/** Reads the folders and the organisation above projects, each once. `parents` are names such as `folders/345678901234`. */
export async function readAncestors(run: GcpRun, parents: readonly (string | undefined)[]): Promise<string[]> {
  const known = new Set<string>();
  let level = parents;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const fresh = [...new Set(level)].filter((name): name is string => name !== undefined && ANCESTOR.test(name) && !known.has(name));
    for (const name of fresh) known.add(name);
    level = await Promise.all(fresh.map((name) => readAncestor(run, name)));
  }
  return [...known].sort();
}

/** The parent, where it has one that could be read. */
async function readAncestor(run: GcpRun, name: string): Promise<string | undefined> {
  const [, kind, number = ''] = ANCESTOR.exec(name) ?? [];
  const place = `${kind === 'folders' ? 'folder' : 'organisation'} \`${number}\``;
  const policy = { path: ['v3', kind as string, number], verb: 'getIamPolicy', body: POLICY_VERSION_3, place, resource: number };
  if (kind === 'organizations') {
    await run.readPolicy('cloudresourcemanager.v3.organizations.getIamPolicy', policy);
    return undefined;
  }
  const [{ body }] = await Promise.all([
    run.read('cloudresourcemanager.v3.folders.get', { path: ['v3', 'folders', number], place, resource: number }),
    run.readPolicy('cloudresourcemanager.v3.folders.getIamPolicy', policy),
  ]);
  return textOf(body, 'parent');
}
