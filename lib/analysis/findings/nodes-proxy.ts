import type { AnyOf } from '../../graph/facts/rights.ts';
import { holderRows, holders } from '../finding-facts/holders.ts';
import { subjects } from '../finding-facts/populations.ts';
import { refusingRules } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const PROXY: AnyOf = [{ verbs: ['get', 'create'], apiGroup: '', resource: 'nodes', subresource: 'proxy' }];

export const nodesProxy = defineFinding({
  id: 'nodes-proxy',
  title: "The kubelet's API can be reached through nodes/proxy",
  severity: 'high',
  class: 'rbac',
  why: 'The kubelet runs commands in every pod of its node for whoever may use nodes/proxy. Neither admission nor the audit log of the API server sees which command; `get` is enough, as exec runs over a WebSocket.',
  remediation: 'Grant the parts that monitoring needs: nodes/metrics, nodes/stats, and from 1.33 on nodes/healthz and nodes/pods.',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes',
    'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
  ],
  prevention: refusingRules({
    name: 'no-nodes-proxy',
    says: 'refuses ClusterRoles with nodes/proxy, by a wildcard too',
    expression:
      '!has(object.rules) || object.rules.all(r, !has(r.resources) || !(has(r.apiGroups) && r.apiGroups.exists(g, g in ["", "*"])) || !r.resources.exists(x, x in ["nodes/proxy", "*/proxy", "*"]) || !r.verbs.exists(v, v in ["get", "create", "*"]))',
    message: 'nodes/proxy runs commands in every pod of a node; grant nodes/metrics or nodes/stats',
  }),
  population: subjects,
  find(world) {
    const nodes = world.inventory.kubernetes.nodes.length;
    return holderRows(world, holders(world, PROXY), ({ scope, name }) => {
      // A RoleBinding gives nothing on nodes, which belong to no namespace.
      if (scope !== '') return undefined;
      const where = name !== undefined ? `node ${name}` : nodes === 0 ? 'any node' : `any of ${nodes} nodes`;
      return { says: `it runs commands in every pod of ${where}`, severity: 'high', ...(name === undefined ? {} : { part: name }) };
    });
  },
});
