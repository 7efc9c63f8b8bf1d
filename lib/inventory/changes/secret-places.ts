import type { Container, PodSpec, SecretReference } from '../kubernetes.ts';

/** `0 A`, `0 B`, `1 A`: names of which one may be there twice, told apart. */
function ordinals(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return `${before} ${name}`;
  });
}

const PLACE = /^\/(env|envFrom)\/(\d+)\//;
const VARIABLE = 'variable ';

const withReferences = (spec: PodSpec, change: (container: Container) => readonly SecretReference[]): PodSpec => ({
  ...spec,
  containers: spec.containers.map((container) => ({ ...container, secretReferences: change(container) })),
});

/** References to secrets with the names of their variables for pointers: admission puts variables in before those of the template too. */
export const byVariable = (spec: PodSpec): PodSpec =>
  withReferences(spec, ({ envNames, secretReferences }) => {
    const names = ordinals(envNames);
    return secretReferences.map((reference) => {
      const [, list, place] = PLACE.exec(reference.pointer) ?? [];
      const name = list === 'env' ? names[Number(place)] : undefined;
      return name === undefined ? reference : { ...reference, pointer: `${VARIABLE}${name}` };
    });
  });

/** References to secrets where their variables are now; of a variable that is gone there is none. */
export const byPlace = (spec: PodSpec): PodSpec =>
  withReferences(spec, ({ envNames, secretReferences }) => {
    const places = new Map(ordinals(envNames).map((name, place) => [name, place]));
    return secretReferences.flatMap((reference) => {
      if (!reference.pointer.startsWith(VARIABLE)) return [reference];
      const place = places.get(reference.pointer.slice(VARIABLE.length));
      return place === undefined ? [] : [{ ...reference, pointer: `/env/${place}/valueFrom/secretKeyRef` }];
    });
  });
