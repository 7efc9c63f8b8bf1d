import { isRecord, textOf } from '../rest-reader.ts';
import type { GcpRun } from './run.ts';

const POLICY = /^policies\/([^/]{1,500})\/denypolicies\/([^/]{1,200})$/;

/**
 * Reads the deny policies that hang on a project, folder or organisation (`projects/acme`). The list has their names only, so each is asked for.
 * Source: https://cloud.google.com/iam/docs/reference/rest/v2/policies/listPolicies
 */
export async function readDenyPolicies(run: GcpRun, resource: string): Promise<void> {
  const [kind = '', id = ''] = resource.split('/');
  const place = `${kind.replace(/s$/, '').replace('organization', 'organisation')} \`${id}\``;
  const list = await run.list(
    'iam.v2.policies.denypolicies.list',
    {
      path: ['v2', 'policies', `cloudresourcemanager.googleapis.com/${resource}`, 'denypolicies'],
      query: { pageSize: '1000' },
      place,
      resource: kind === 'projects' ? id : resource,
    },
    'policies',
  );
  const bare = list.items
    .filter((policy) => isRecord(policy) && !Array.isArray(policy.rules))
    .map((policy) => textOf(policy, 'name') ?? '');
  await Promise.all(bare.map((name) => readRules(run, name, place)));
}

async function readRules(run: GcpRun, name: string, place: string): Promise<void> {
  const [, point, id] = POLICY.exec(name) ?? [];
  if (point === undefined || id === undefined) return;
  await run.read('iam.v2.policies.denypolicies.get', {
    path: ['v2', 'policies', point.replace(/%2F/gi, '/'), 'denypolicies', id],
    place,
    name: id,
    resource: id,
  });
}
