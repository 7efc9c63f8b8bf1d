import { expect, it } from 'vitest';
import { LISTED_RESOURCES } from '../../lib/sources/listed-resources.ts';
import { KUBERNETES_COMMANDS } from './kubernetes-commands.ts';

/** Secrets have a command of their own, which leaves the values out; policies are asked for where the server has them. */
const WANTED = [
  ...LISTED_RESOURCES.map(({ plural }) => plural).filter((plural) => plural !== 'secrets'),
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
];

it('exports every list that a snapshot is told to lack, each once', () => {
  const listed = /^for kind in ([^;]*); do$/m.exec(KUBERNETES_COMMANDS)?.[1]?.split(/[\s\\]+/);
  expect(listed?.toSorted()).toEqual(WANTED.toSorted());
});
