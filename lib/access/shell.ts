const PLAIN = /^[A-Za-z0-9@%+=:,./_-]+$/;

/**
 * A word that a POSIX shell takes literally: names come from attackers and end up in commands that people paste. Names that may begin
 * with a dash have to be given as `--option=NAME`, as quotes do not stop a program from taking them for an option.
 */
function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line of words, each taken literally. */
export const command = (...words: readonly string[]): string => words.map(shellWord).join(' ');

/**
 * An object for kubectl: `clusterrole NAME`, or `clusterrole/NAME` where it would take the name for an option. Names of RBAC objects may be
 * anything without `/` and `%`, `--all` too. Source: kubernetes/pkg/apis/rbac/validation (`ValidatePathSegmentName`).
 */
export const objectWords = (kind: string, name: string): readonly string[] =>
  name.startsWith('-') ? [`${kind.toLowerCase()}/${name}`] : [kind.toLowerCase(), name];

/** `kubectl … -n NAMESPACE`, or without a namespace for what is cluster-wide. */
export function kubectl(namespace: string | undefined, ...words: readonly string[]): string {
  return command('kubectl', ...words, ...(namespace === undefined || namespace === '' ? [] : ['-n', namespace]));
}

/** Command lines one after the other, as long as each succeeds. */
export const inTurn = (lines: readonly string[]): string => lines.join(' && \\\n');
