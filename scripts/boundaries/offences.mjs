/**
 * A world of two-line files that proves the boundary rules: each offence is one import that its rule has to report, and each
 * innocent file has to be left alone. Keys are paths, values what the file imports.
 */

/** Files that others import. */
export const BASE = {
  'lib/inventory/gap.ts': [],
  'lib/access/rbac.ts': ['../inventory/gap.ts'],
  'lib/graph/kinds.ts': [],
  'lib/graph/model.ts': ['../inventory/gap.ts', './kinds.ts'],
  'lib/graph/techniques/facts.ts': ['../model.ts'],
  'lib/graph/techniques/pod-exec.ts': ['./facts.ts'],
  'lib/graph/techniques/runs-as.ts': ['./facts.ts'],
  'lib/graph/techniques/index.ts': ['./pod-exec.ts', './runs-as.ts'],
  'lib/analysis/reach.ts': ['../graph/model.ts'],
  'lib/api/contract.ts': ['type ../graph/model.ts', '../graph/kinds.ts'],
  'lib/catalog/actions.ts': ['type ../access/rbac.ts', 'node:fs'],
  'lib/sources/source-error.ts': [],
  'lib/sources/snapshot/read.ts': ['../../inventory/gap.ts', '../source-error.ts', 'node:fs'],
  'lib/sources/kubernetes/client.ts': ['@kubernetes/client-node', '../source-error.ts'],
  'lib/server/load.ts': ['../sources/snapshot/read.ts', '../graph/techniques/index.ts', '../analysis/reach.ts'],
  'lib/cli/main.ts': ['../server/load.ts', '../sources/snapshot/read.ts', '../analysis/reach.ts'],
  'components/graph/graph-canvas.tsx': ['cytoscape', '../../lib/api/contract.ts'],
  'components/ui/kind-icon.tsx': ['type ../../lib/graph/model.ts'],
  'app/page.tsx': ['../lib/server/load.ts', '../components/graph/graph-canvas.tsx', 'type ../lib/analysis/reach.ts'],
  'lib/graph/testing/world.ts': ['../model.ts'],
  'lib/graph/model.test.ts': ['./model.ts', './testing/world.ts', 'node:fs', '../sources/snapshot/read.ts'],
};

/** Files that an offence needs and that are guilty themselves. */
export const ACCOMPLICES = { 'lib/access/circle-b.ts': ['./circle-a.ts'] };

/** Rule, file, import. */
export const OFFENCES = [
  ['no-circular', 'lib/access/circle-a.ts', './circle-b.ts'],
  ['nothing-unresolvable', 'lib/server/unresolvable.ts', './not-there.ts'],
  ['pure-core-imports-nothing-but-zod', 'lib/graph/reads-disk.ts', 'node:fs'],
  ['pure-core-imports-nothing-but-zod', 'lib/analysis/uses-react.ts', 'react'],
  ['pure-core-imports-nothing-but-zod', 'lib/access/names-node-types.ts', 'type node:http'],
  ['inventory-is-the-vocabulary', 'lib/inventory/knows-graph.ts', 'type ../graph/model.ts'],
  ['access-knows-inventory-only', 'lib/access/knows-graph.ts', '../graph/model.ts'],
  ['graph-knows-inventory-and-access', 'lib/graph/knows-analysis.ts', '../analysis/reach.ts'],
  ['analysis-reads-the-graph', 'lib/analysis/knows-api.ts', '../api/contract.ts'],
  ['contract-takes-types-only', 'lib/api/runs-engine.ts', '../graph/model.ts'],
  ['sources-produce-inventory', 'lib/sources/snapshot/builds-graph.ts', '../../graph/model.ts'],
  ['sources-do-not-know-each-other', 'lib/sources/aws/reads-snapshot.ts', '../snapshot/read.ts'],
  ['catalog-is-data', 'lib/catalog/runs-access.ts', '../access/rbac.ts'],
  ['sdk-only-in-its-client', 'lib/sources/kubernetes/normalise.ts', 'type @kubernetes/client-node'],
  ['sdk-only-in-its-client', 'app/asks-cluster.ts', '@kubernetes/client-node'],
  ['only-server-composes', 'app/reads-snapshot.ts', '../lib/sources/snapshot/read.ts'],
  ['only-the-shells-call-server', 'components/ui/calls-server.tsx', '../../lib/server/load.ts'],
  ['app-calls-server-and-contract', 'app/runs-engine.ts', '../lib/analysis/reach.ts'],
  ['nobody-imports-the-shells', 'lib/server/calls-page.ts', '../../app/page.tsx'],
  ['techniques-are-independent', 'lib/graph/techniques/token-mint.ts', './pod-exec.ts'],
  ['registry-is-the-only-door', 'lib/analysis/takes-technique.ts', '../graph/techniques/pod-exec.ts'],
  ['components-see-the-contract', 'components/ui/runs-engine.tsx', '../../lib/graph/model.ts'],
  ['browser-never-reaches-io', 'components/ui/reaches-io.tsx', '../../lib/server/load.ts'],
  ['cytoscape-lives-in-one-folder', 'components/ui/draws.tsx', 'cytoscape'],
  ['production-does-not-import-tests', 'lib/graph/uses-fixture.ts', './testing/world.ts'],
  ['no-orphans', 'lib/graph/forgotten.ts', undefined],
];
