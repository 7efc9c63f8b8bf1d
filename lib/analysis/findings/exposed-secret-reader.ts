import { evidenceAlong, exposedWorkloads, fixAlong, placesAlong, WaysTo } from '../finding-facts/exposure.ts';
import { workloads } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { reaches } from '../finding-facts/severity.ts';
import { defineFinding } from './finding.ts';

/** Fewer than these may be what an application needs. */
const MANY = 10;

export const exposedSecretReader = defineFinding({
  id: 'exposed-secret-reader',
  title: 'From the internet to the secrets of others',
  severity: 'high',
  class: 'combination',
  why: 'The application that answers the internet reaches secrets that are not its own: a bug in it is a bug in everything that they open.',
  remediation: 'Let the account read the secrets that it needs, by name.',
  misses: 'ways in that the cluster does not show: tunnels, VPNs, proxies elsewhere',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets'],
  prevention: noPolicy('it is made of several things that are each allowed; the findings about each of them carry policies'),
  population: workloads,
  *find(world) {
    const { graph } = world;
    let ways: WaysTo | undefined;
    for (const { workload, pod, isSure, way } of exposedWorkloads(world)) {
      const { kind, namespace, name, node, summary } = workload;
      const secrets = summary.groups.find(({ group }) => group === 'secrets');
      // Cluster admin has a finding of its own, and reaches them all.
      if (secrets === undefined || secrets.further < MANY || reaches(summary, 'cluster-admin') !== undefined) continue;
      ways ??= new WaysTo(
        world,
        [...Array(graph.nodes.count).keys()].filter((one) => graph.nodes.kinds[one] === 'all-secrets'),
      );
      const onward = ways.from(pod);
      yield {
        subject: { kind, namespace, name, node },
        severity: isSure && secrets.certain > 0 ? 'high' : 'medium',
        whyHere: `the internet reaches it (${placesAlong(world, way)}), and it reaches ${secrets.further} secrets that it does not mount`,
        evidence: evidenceAlong(world, [...way, ...onward]),
        fix: fixAlong(world, onward.length > 0 ? onward : way),
      };
    }
  },
});
