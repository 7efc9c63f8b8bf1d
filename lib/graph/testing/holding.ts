import { type ClusterFixture, type rule, sa } from '../../inventory/testing/cluster.ts';

type Rules = readonly ReturnType<typeof rule>[];
type Holding = (...rules: Rules) => ClusterFixture;

/** A world in which the service account a/bot holds rules: by a role of its namespace, or everywhere. What tests of rights compare. */
export const holding = (world: () => ClusterFixture): { readonly inA: Holding; readonly everywhere: Holding } => ({
  inA: (...rules) =>
    world()
      .role('a/r', ...rules)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  everywhere: (...rules) =>
    world()
      .clusterRole('r', ...rules)
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
});

/** A world in which a/bot holds the first rule everywhere and the others in its namespace. */
export const holdingBoth = (fixture: ClusterFixture, wide: Rules[number], ...rules: Rules): ClusterFixture =>
  fixture
    .clusterRole('wide', wide)
    .clusterRoleBinding('crb', 'ClusterRole/wide', sa('a/bot'))
    .role('a/r', ...rules)
    .roleBinding('a/rb', 'Role/r', sa('a/bot'));
