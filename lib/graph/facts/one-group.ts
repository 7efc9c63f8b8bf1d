import type { Part } from './rights.ts';

/** Whether one group alone gives every part: then the edge is the group's, and its members follow it there. */
export function isOfOneGroup(parts: readonly Part[]): boolean {
  return groupsOfAll(parts).size > 0;
}

/** Groups each of which gives every part by itself. */
export function groupsOfAll(parts: readonly Part[]): ReadonlySet<string> {
  const groupsOf = ({ by }: Part): Set<string> =>
    new Set(by.flatMap(({ grant }) => (grant.subject.kind === 'Group' ? [grant.subject.name] : [])));
  const [first, ...others] = parts.map(groupsOf);
  return new Set([...(first ?? [])].filter((group) => others.every((groups) => groups.has(group))));
}
