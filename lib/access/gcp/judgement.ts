/** What can be said at rest: yes, no, or what it hangs on. */
export type Judgement = boolean | readonly string[];

export const isOpen = (judgement: Judgement): judgement is readonly string[] => typeof judgement !== 'boolean';

/** One no decides; what is open adds up. */
export function both(one: Judgement, other: Judgement): Judgement {
  if (one === false || other === false) return false;
  if (one === true) return other;
  return other === true ? one : [...new Set([...one, ...other])];
}

/** One yes decides; what is open adds up. */
export function either(one: Judgement, other: Judgement): Judgement {
  if (one === true || other === true) return true;
  if (one === false) return other;
  return other === false ? one : [...new Set([...one, ...other])];
}
