import type { NodeDetail } from '../../lib/api/contract.ts';
import { NodeLink } from './node-link.tsx';

type Permission = NodeDetail['permissions'][number];

/** Every RBAC rule that holds for the subject: what, where, and the binding and role that give it. */
export function PermissionsTable({ permissions }: { permissions: readonly Permission[] }) {
  return (
    <div className="rounded-lg border border-line">
      <table className="w-full table-fixed text-xs">
        <caption className="sr-only">Permissions</caption>
        <thead className="bg-sunken text-left text-muted">
          <tr>
            <th scope="col" className="px-2.5 py-1.5 font-medium">
              May, because of
            </th>
            <th scope="col" className="w-24 px-2.5 py-1.5 font-medium">
              Where
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {permissions.map((permission, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one role may hold the same rule twice, and the list never changes in place
            <tr key={`${permission.binding.id} ${permission.role.id} ${index}`} className="align-top">
              <td className="px-2.5 py-2">
                <Rule rule={permission.rule} />
                <div className="mt-1.5 flex min-w-0">
                  <NodeLink node={permission.binding} />
                </div>
                <div className="mt-1 flex min-w-0">
                  <NodeLink node={permission.role} />
                </div>
                <p className="mt-1 break-words text-muted">
                  as <bdi>{permission.subject}</bdi>
                </p>
              </td>
              <td className="px-2.5 py-2">
                <bdi className="break-words">{permission.scope}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rule({ rule }: { rule: Permission['rule'] }) {
  const groups = rule.apiGroups.filter((group) => group !== '');
  return (
    <div className="break-words font-mono leading-5">
      <bdi className={rule.verbs.includes('*') ? 'font-semibold text-critical' : 'font-semibold'}>{rule.verbs.join(', ')}</bdi>{' '}
      <bdi>{[...rule.resources, ...rule.nonResourceURLs].join(', ')}</bdi>
      {groups.length > 0 && <bdi className="text-muted"> ({groups.join(', ')})</bdi>}
      {rule.resourceNames.length > 0 && <bdi className="block text-muted">only {rule.resourceNames.join(', ')}</bdi>}
    </div>
  );
}
