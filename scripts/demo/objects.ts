import { definitions } from './definitions.ts';
import { exposure } from './exposure.ts';
import type { KubernetesObject } from './json.ts';
import { namespaces } from './namespaces.ts';
import { networkPolicies } from './network-policies.ts';
import { nodes } from './nodes.ts';
import { binding, role } from './rbac.ts';
import { ADD_ON_BINDINGS, ADD_ON_ROLES } from './rbac-add-ons.ts';
import { COMPANY_BINDINGS, COMPANY_ROLES } from './rbac-company.ts';
import { STOCK_BINDINGS, STOCK_ROLES } from './rbac-stock.ts';
import { secrets } from './secrets.ts';
import { serviceAccounts } from './service-accounts.ts';
import { webhookConfigurations } from './webhooks.ts';
import { workload } from './workload.ts';
import { COMPANY_WORKLOADS } from './workloads-company.ts';
import { OBSERVABILITY_WORKLOADS } from './workloads-observability.ts';
import { PLATFORM_WORKLOADS } from './workloads-platform.ts';
import { SYSTEM_WORKLOADS } from './workloads-system.ts';

/** Every object of the cluster, in no particular order. */
export function kubernetesObjects(): readonly KubernetesObject[] {
  return [
    ...namespaces(),
    ...nodes(),
    ...serviceAccounts(),
    ...secrets(),
    ...networkPolicies(),
    ...webhookConfigurations(),
    ...definitions(),
    ...exposure(),
    ...[...STOCK_ROLES, ...ADD_ON_ROLES, ...COMPANY_ROLES].map(role),
    ...[...STOCK_BINDINGS, ...ADD_ON_BINDINGS, ...COMPANY_BINDINGS].map(binding),
    ...[...SYSTEM_WORKLOADS, ...PLATFORM_WORKLOADS, ...OBSERVABILITY_WORKLOADS, ...COMPANY_WORKLOADS].flatMap(workload),
  ];
}
