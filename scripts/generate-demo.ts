import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences, rewrite } from './demo/folder.ts';
import { demoFiles } from './demo/snapshot.ts';

/**
 * `node scripts/generate-demo.ts` writes the bundled demo; `--check` only says what differs and exits 1 if anything does.
 * A folder may be named after that; the default is `demo/` beside `scripts/`.
 */
const [first, second] = process.argv.slice(2);
const check = first === '--check';
const folder = (check ? second : first) ?? join(fileURLToPath(import.meta.url), '..', '..', 'demo');
const files = demoFiles();

if (check) {
  const lines = differences(folder, files);
  for (const line of lines) process.stderr.write(`${line}\n`);
  if (lines.length > 0) process.stderr.write('the demo is not what the generator makes: run `node scripts/generate-demo.ts`\n');
  process.exitCode = lines.length > 0 ? 1 : 0;
} else {
  rewrite(folder, files);
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  process.stderr.write(`${files.size} files, ${bytes} bytes in \`${folder}\`\n`);
}
