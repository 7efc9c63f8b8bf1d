import { expect, test } from 'vitest';
import { cluster } from '../../inventory/testing/cluster.ts';
import { NodeTableBuilder } from '../table-builder.ts';
import { factsOf } from './facts.ts';
import { namedObjects } from './named-objects.ts';

function world() {
  const nodes = new NodeTableBuilder();
  const fixture = cluster();
  for (const namespace of ['c', 'a', 'b']) fixture.namespace(namespace).secret(`${namespace}/db`).secret(`${namespace}/only-${namespace}`);
  const facts = factsOf(fixture.serviceAccount('a/db').secret('a/__proto__').inventory(), nodes);
  const idsOf = (kind: 'secret' | 'service-account', name: string): string[] =>
    namedObjects(facts, kind, name).map((node) => nodes.ids[node] as string);
  return { nodes, idsOf };
}

test.each([
  ['of every namespace, in their order', 'secret', 'db', ['secret:a/db', 'secret:b/db', 'secret:c/db']],
  ['of one namespace', 'secret', 'only-b', ['secret:b/only-b']],
  ['of another kind', 'service-account', 'db', ['sa:a/db']],
  ['under a name that every object has', 'secret', '__proto__', ['secret:a/__proto__']],
  ['under a name that no object has', 'secret', 'constructor', []],
] as const)('objects %s', (_name, kind, name, expected) => {
  expect(world().idsOf(kind, name)).toEqual(expected);
});

test('finds what came to be after it was asked first, in the order of the namespaces', () => {
  const { nodes, idsOf } = world();
  expect(idsOf('secret', 'only-c')).toEqual(['secret:c/only-c']);
  nodes.intern('secret', 'only-c', 'a');
  nodes.intern('secret', 'only-c', 'not-a-namespace');
  expect(idsOf('secret', 'only-c')).toEqual(['secret:a/only-c', 'secret:c/only-c']);
});
