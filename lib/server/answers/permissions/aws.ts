import type { AccessLevel, ActionCatalog } from '../../../access/aws/action-catalog.ts';
import { indexAws } from '../../../access/aws/aws-index.ts';
import { effectivePermissions, type LevelPermissions } from '../../../access/aws/effective-permissions.ts';
import { roleStatements } from '../../../access/aws/permissions.ts';
import type { IdentityDetail, ServicePermissions } from '../../../api/identities-contract.ts';
import type { AwsRole } from '../../../inventory/aws.ts';
import type { Dataset } from '../../dataset.ts';

const LEVELS: Readonly<Record<AccessLevel, string>> = {
  list: 'List',
  read: 'Read',
  tagging: 'Tagging',
  write: 'Write',
  permissions: 'Permissions management',
};

/** AWS has fewer services than this; of an administrator's, fewer actions are named. */
const MOST_SERVICES = 600;
const MANY_SERVICES = 60;
const FEW_ACTIONS = 6;
const MOST_STATEMENTS = 20;

/** What a role may do by service and access level, after Deny statements, boundary and service control policies. */
export function awsPermissions(
  { inventory }: Dataset,
  role: AwsRole,
  catalog: ActionCatalog,
): IdentityDetail['permissions'] & { readonly note?: string } {
  const services = effectivePermissions(indexAws(inventory), role, catalog);
  const items = services.slice(0, MOST_SERVICES).map(({ service, accessLevels }) => ({
    service,
    accessLevels: accessLevels.map((level) => levelOf(level, services.length > MANY_SERVICES ? FEW_ACTIONS : level.actions.length)),
  }));
  const { unread } = roleStatements(role, indexAws(inventory).managedPolicies);
  const shown = unread.slice(0, 5).join(', ');
  const note = unread.length === 0 ? {} : { note: `Not all was read, so it may do more: ${shown}${unread.length > 5 ? ', …' : ''}.` };
  return { total: services.length, items, ...note };
}

function levelOf(
  { level, count, conditional, actions, statements }: LevelPermissions,
  named: number,
): ServicePermissions['accessLevels'][number] {
  const by = statements.map(({ policy, statement }) => (statement.sid === undefined ? policy : `${policy} (${statement.sid})`));
  return {
    level: LEVELS[level],
    count,
    conditional,
    actions: actions.slice(0, named),
    statements: [...new Set(by)].slice(0, MOST_STATEMENTS),
  };
}
