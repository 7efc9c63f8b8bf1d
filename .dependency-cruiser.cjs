/**
 * Who may import whom. ARCHITECTURE.md has the picture; `node scripts/check-boundaries.mjs` runs this and proves that every rule
 * bites (scripts/testdata/boundaries holds one offending import for each). Outside of it: bench, e2e and scripts.
 */
const PURE = '^lib/(inventory|access|graph|analysis|api)/';
const TEST = '[.](test|prop[.]test|spec|contract)[.]tsx?$|/testdata/|/testing/';
/** The two shells: pages and routes, and the command line. Both call lib/server and answer. */
const SHELL = '^(app/|lib/cli/|proxy[.]ts$|instrumentation[.]ts$)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle means two modules are one module. Move the shared type down.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      comment: 'An import that cannot be resolved is an import that no rule here can see.',
      from: {},
      to: { couldNotResolve: true, pathNot: ['[.]css$', '^@fontsource', '^server-only$'] },
    },
    {
      name: 'pure-core-imports-nothing-but-zod',
      severity: 'error',
      comment:
        'The core must run in a test, a worker and a browser without mocks: no node core, no SDK, no next, no react. The CEL parser is as pure as zod.',
      from: { path: PURE, pathNot: TEST },
      to: { pathNot: ['^lib/', '(^|/)node_modules/(zod|@marcbachmann/cel-js)/'] },
    },
    {
      name: 'inventory-is-the-vocabulary',
      severity: 'error',
      comment: 'Everyone speaks inventory; inventory speaks to no one.',
      from: { path: '^lib/inventory/', pathNot: TEST },
      to: { path: '^lib/(?!inventory/)' },
    },
    {
      name: 'access-knows-inventory-only',
      severity: 'error',
      comment: 'Whether X may do Y follows from the records alone.',
      from: { path: '^lib/access/', pathNot: TEST },
      to: { path: '^lib/(?!inventory/|access/)' },
    },
    {
      name: 'graph-knows-inventory-and-access',
      severity: 'error',
      comment: 'A technique reads facts; it does not know who will read the graph.',
      from: { path: '^lib/graph/', pathNot: TEST },
      to: { path: '^lib/(?!inventory/|access/|graph/)' },
    },
    {
      name: 'analysis-reads-the-graph',
      severity: 'error',
      comment: 'Analysis answers questions over the graph; the contract and the server put its answers into words.',
      from: { path: '^lib/analysis/', pathNot: TEST },
      to: { path: '^lib/(?!inventory/|access/|graph/|analysis/)' },
    },
    {
      name: 'contract-takes-types-only',
      severity: 'error',
      comment: 'The wire contract may name domain types and the closed sets of kinds.ts, never run domain code: it ships to the browser.',
      from: { path: '^lib/api/', pathNot: TEST },
      to: { path: '^lib/(?!api/|graph/kinds[.]ts$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sources-produce-inventory',
      severity: 'error',
      comment: 'A source fills an inventory and knows nothing of what is made of it.',
      from: { path: '^lib/sources/', pathNot: TEST },
      to: { path: '^lib/(?!sources/|inventory/)' },
    },
    {
      name: 'sources-do-not-know-each-other',
      severity: 'error',
      comment: 'A fourth cloud is one more folder. What two sources share belongs into lib/sources itself or lib/inventory.',
      from: { path: '^lib/sources/([^/]+)/', pathNot: TEST },
      to: { path: '^lib/sources/([^/]+)/', pathNot: '^lib/sources/$1/' },
    },
    {
      name: 'catalog-is-data',
      severity: 'error',
      comment: 'A catalogue reads what a package publishes into a shape that the core declares, and knows nothing of what is made of it.',
      from: { path: '^lib/catalog/', pathNot: TEST },
      to: { path: '^lib/(?!catalog/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sdk-only-in-its-client',
      severity: 'error',
      comment:
        'Everything but client.ts (and rest-client.ts, which two clouds share) stays free of SDKs, so that it is tested with recorded JSON and no mocks.',
      from: { pathNot: ['^lib/sources/[^/]+/(client|read)[.]ts$', '^lib/sources/rest-client[.]ts$', TEST] },
      to: { path: '(^|/)node_modules/(@kubernetes/client-node|@aws-sdk|@azure|@google-cloud|googleapis|google-auth-library|undici)/' },
    },
    {
      name: 'only-server-composes',
      severity: 'error',
      comment: 'One place to look for what is wired to what: lib/server (and the command line, which is a composition of its own).',
      from: { pathNot: ['^lib/(server|sources|cli)/', TEST] },
      to: { path: '^lib/sources/' },
    },
    {
      name: 'only-the-shells-call-server',
      severity: 'error',
      comment: 'Pages, routes and the command line call lib/server; nothing below it does.',
      from: { pathNot: [SHELL, '^lib/server/', TEST] },
      to: { path: '^lib/server/' },
    },
    {
      name: 'app-calls-server-and-contract',
      severity: 'error',
      comment: 'A route parses, calls lib/server and answers. It may name domain types, never run the engine itself.',
      from: { path: '^app/', pathNot: TEST },
      to: { path: '^lib/(?!server/|api/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-the-shells',
      severity: 'error',
      comment: 'Routes and the command line are ends, not libraries. Move what is shared into lib/server.',
      from: { pathNot: [SHELL, TEST] },
      to: { path: '^(app/|lib/cli/)' },
    },
    {
      name: 'techniques-are-independent',
      severity: 'error',
      comment: 'One technique, one file. Shared code goes to technique.ts, facts.ts or lib/access.',
      from: { path: '^lib/(graph/techniques|analysis/findings)/(?!index[.]ts$)[^/]+[.]ts$', pathNot: TEST },
      to: { path: '^lib/(graph/techniques|analysis/findings)/', pathNot: '/(technique|finding|facts)[.]ts$' },
    },
    {
      name: 'registry-is-the-only-door',
      severity: 'error',
      comment: 'Ask the registry (index.ts) for a technique, so that adding one is adding a line there.',
      from: { pathNot: ['^lib/(graph/techniques|analysis/findings)/', TEST] },
      to: { path: '^lib/(graph/techniques|analysis/findings)/', pathNot: '/(index|technique|finding|facts)[.]ts$' },
    },
    {
      name: 'components-see-the-contract',
      severity: 'error',
      comment: 'The browser runs the contract and nothing else of lib; of the rest it may name types.',
      from: { path: '^components/', pathNot: TEST },
      to: { path: '^(lib/(?!api/)|app/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'browser-never-reaches-io',
      severity: 'error',
      comment: 'No path of imports leads from a component to a source, the server or an SDK.',
      from: { path: '^components/', pathNot: TEST },
      to: { path: '^lib/(sources|server|cli)/', reachable: true },
    },
    {
      name: 'cytoscape-lives-in-one-folder',
      severity: 'error',
      comment: 'The renderer is replaceable as long as one folder knows it.',
      from: { pathNot: ['^components/graph/', TEST] },
      to: { path: '(^|/)node_modules/cytoscape' },
    },
    {
      name: 'production-does-not-import-tests',
      severity: 'error',
      comment: 'What tests need stays with tests.',
      from: { pathNot: [TEST, '^(e2e|bench|scripts)/'] },
      to: { path: [TEST, '^(e2e|bench|scripts)/'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing imports it and it is no entry point: dead code.',
      from: { orphan: true, pathNot: [TEST, '[.]d[.]ts$', SHELL] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
