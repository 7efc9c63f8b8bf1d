import { LISTED_RESOURCES } from '../../listed-resources.ts';

const ADMISSION = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
];

/** Every list that a snapshot of a cluster should hold, without optional groups. */
export const EMPTY_LISTS: readonly { readonly list: string; readonly kind: string; readonly apiVersion: string }[] = [
  ...LISTED_RESOURCES.map(({ plural, kind, group, version }) => ({
    list: plural,
    kind,
    apiVersion: group === '' ? version : `${group}/${version}`,
  })),
  ...ADMISSION.map((kind) => ({
    list: `${kind.toLowerCase()}s`.replace(/ys$/, 'ies'),
    kind,
    apiVersion: 'admissionregistration.k8s.io/v1',
  })),
];

/**
 * What the raw API prints of lists that are empty, all in one file: beside the objects of a small world it says that there are no others, as a
 * whole snapshot does.
 */
export function emptyLists(lists = EMPTY_LISTS): string {
  const items = lists.map(({ kind, apiVersion }) => `{"kind":"${kind}List","apiVersion":"${apiVersion}","items":[]}`);
  return `{"kind":"List","apiVersion":"v1","items":[\n${items.join(',\n')}\n]}\n`;
}
