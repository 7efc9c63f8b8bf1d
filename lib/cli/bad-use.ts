/** What the person at the shell got wrong: printed to stderr without a stack, exit code 2. */
export class BadUse extends Error {
  override readonly name = 'BadUse';
}
