const WHOLE = new Intl.NumberFormat('en');

/** `12,400`. */
export function whole(count: number): string {
  return WHOLE.format(count);
}

/** `1 pod`, `12,400 pods`; the plural is the singular with an s unless given. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** `35 %` as a whole number; what is there but under one half percent is `<1%`, and almost all is never `100%`. */
export function percent(count: number, of: number): string {
  if (of === 0 || count === 0) return '0%';
  if (count >= of) return '100%';
  const share = Math.round((count / of) * 100);
  return share === 0 ? '<1%' : share === 100 ? '>99%' : `${share}%`;
}
