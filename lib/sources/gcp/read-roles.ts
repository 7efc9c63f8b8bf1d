import type { GcpMethodName } from './methods.ts';
import type { GcpRun } from './run.ts';

const ROLE = /^(?:(projects|organizations)\/([^/]{1,100})\/)?roles\/([A-Za-z0-9_.]{1,100})$/;

/** Reads what each role permits. What is no name of a role (`roles/a/b`) is left to whoever reads the policy. */
export async function readRoles(run: GcpRun, roles: readonly string[]): Promise<void> {
  await Promise.all(roles.map((role) => readRole(run, role)));
}

async function readRole(run: GcpRun, role: string): Promise<void> {
  const [whole, kind, owner, id] = ROLE.exec(role) ?? [];
  if (whole === undefined || id === undefined) return;
  const above = kind === undefined || owner === undefined ? [] : [kind, owner];
  const place = owner === undefined ? 'Google Cloud' : `${kind === 'projects' ? 'project' : 'organisation'} \`${owner}\``;
  await run.read(methodOf(kind), { path: ['v1', ...above, 'roles', id], place, name: role, resource: role });
}

function methodOf(kind: string | undefined): GcpMethodName {
  if (kind === 'projects') return 'iam.v1.projects.roles.get';
  return kind === 'organizations' ? 'iam.v1.organizations.roles.get' : 'iam.v1.roles.get';
}
