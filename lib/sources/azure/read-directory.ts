import { textOf } from '../rest-reader.ts';
import { type AzureRun, placeOf } from './run.ts';

/** As many as Graph puts on a page: https://learn.microsoft.com/en-us/graph/api/application-list */
const TOP = '999';

/** Reads the tenant's applications, whose service principals and federated credentials they have. */
export async function readApplications(run: AzureRun): Promise<void> {
  const [applications] = await Promise.all([
    run.list('graph.v1.0.applications', {
      path: ['v1.0', 'applications'],
      query: { $select: 'id,appId,displayName,signInAudience', $top: TOP },
    }),
    run.list('graph.v1.0.servicePrincipals', {
      path: ['v1.0', 'servicePrincipals'],
      query: { $select: 'id,appId,displayName,servicePrincipalType', $top: TOP },
    }),
  ]);
  const ids = applications.items.map((item) => textOf(item, 'id')).filter((id) => id !== undefined);
  const some = run.within(ids, { what: 'federated credentials of Entra applications', place: placeOf(undefined) });
  await Promise.all(
    some.map((id) =>
      run.list('graph.v1.0.applications.federatedIdentityCredentials', {
        path: ['v1.0', 'applications', id, 'federatedIdentityCredentials'],
        name: id,
        resource: id,
      }),
    ),
  );
}

/** Reads who is in the groups that have roles, nested groups included. */
export async function readGroups(run: AzureRun): Promise<void> {
  await Promise.all(
    run.groups.map((id) =>
      run.list('graph.v1.0.groups.transitiveMembers', {
        path: ['v1.0', 'groups', id, 'transitiveMembers'],
        query: { $select: 'id', $top: TOP },
        name: id,
        resource: id,
      }),
    ),
  );
}
