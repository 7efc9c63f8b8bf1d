import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { collectScript, type ScriptPart } from '../script.ts';

/** Prints what the test said that this very command prints, says what it is to fail with, and remembers commands that nobody expected. */
const FAKE = String.raw`#!/bin/sh
tool=$(basename "$0")
key=$(printf '%s|' "$tool" "$@" | tr '/\n\t ' '____' | cut -c 1-200)
[ -f "$FAKE_ANSWERS/$key.out" ] && exec cat "$FAKE_ANSWERS/$key.out"
if [ -f "$FAKE_ANSWERS/$key.err" ]; then cat "$FAKE_ANSWERS/$key.err" >&2; exit 254; fi
printf '%s\n' "$key" >>"$FAKE_ANSWERS/unexpected"
exit 99
`;

function keyOf(tool: string, args: readonly string[]): string {
  return [tool, ...args]
    .map((word) => `${word}|`)
    .join('')
    .replaceAll(/[/\n\t ]/g, '_')
    .slice(0, 200);
}

/** Stands in for kubectl, aws, gcloud and az while the script runs. */
export class FakeTools {
  readonly #root = mkdtempSync(join(tmpdir(), 'podreach-script-'));
  readonly folder = join(this.#root, 'snapshot');
  readonly #bin = join(this.#root, 'bin');

  constructor(tools: readonly string[] = ['kubectl', 'aws', 'gcloud', 'az']) {
    mkdirSync(this.#bin);
    for (const tool of tools) {
      writeFileSync(join(this.#bin, tool), FAKE);
      chmodSync(join(this.#bin, tool), 0o755);
    }
  }

  /** What a command prints: lines of names, or JSON. */
  answer(tool: string, args: readonly string[], printed: unknown): void {
    const text = typeof printed === 'string' ? printed : JSON.stringify(printed);
    this.#write(`${keyOf(tool, args)}.out`, text === '' ? '' : `${text}\n`);
  }

  refuse(tool: string, args: readonly string[], said: string): void {
    rmSync(join(this.#answers, `${keyOf(tool, args)}.out`), { force: true });
    this.#write(`${keyOf(tool, args)}.err`, `${said}\n`);
  }

  #write(name: string, text: string): void {
    mkdirSync(this.#answers, { recursive: true });
    writeFileSync(join(this.#answers, name), text);
  }

  get #answers(): string {
    return join(this.#root, 'answers');
  }

  /** Runs the script with nothing on PATH but the fakes and the usual commands. Returns the exit code and what it noted. */
  run(parts: readonly ScriptPart[], env: Readonly<Record<string, string>> = {}): { readonly code: number | null; readonly noted: string } {
    const script = join(this.#root, 'collect.sh');
    writeFileSync(script, collectScript(new Set(parts)));
    const result = spawnSync('bash', [script, this.folder], {
      cwd: this.#root,
      encoding: 'utf8',
      env: {
        NODE_ENV: 'test',
        PATH: [this.#bin, this.#usualCommands()].join(delimiter),
        HOME: this.#root,
        FAKE_ANSWERS: this.#answers,
        ...env,
      },
    });
    return { code: result.status, noted: `${result.stdout}${result.stderr}` };
  }

  /** A folder with links to what every machine has, so that real kubectl and the like are not found. */
  #usualCommands(): string {
    const usual = join(this.#root, 'usual');
    if (existsSync(usual)) return usual;
    mkdirSync(usual);
    const names = 'basename bash cat cut dirname find grep head mkdir mktemp paste printenv printf rm sed sh sort tr'.split(' ');
    for (const name of names) {
      const path = ['/bin', '/usr/bin', '/usr/local/bin'].map((folder) => join(folder, name)).find((file) => existsSync(file));
      if (path !== undefined) symlinkSync(path, join(usual, name));
    }
    return usual;
  }

  /** Commands that ran and that the test did not foresee. */
  unexpected(): readonly string[] {
    const file = join(this.#answers, 'unexpected');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }

  /** Forgets the answers, for a run with other credentials into the same folder. */
  forget(): void {
    rmSync(this.#answers, { recursive: true, force: true });
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
