import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';

/** Writes a List as `kubectl get -o json` prints it, item by item, so that 900 MB never stand in memory. */
export interface ListFile {
  /** Text of one item, already indented by `itemText`. */
  readonly add: (text: string) => Promise<void>;
  readonly end: () => Promise<number>;
}

const BATCH = 4 * 2 ** 20;

/** An object as it stands in such a List: four spaces a level, keys in the order of the alphabet, `<`, `>` and `&` escaped as Go does. */
export function itemText(object: unknown): string {
  const text = JSON.stringify(sorted(object), null, 4);
  return text.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`).replace(/^/gm, '        ');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

export function openListFile(file: string): ListFile {
  mkdirSync(path.dirname(file), { recursive: true });
  const stream = createWriteStream(file, { highWaterMark: BATCH });
  let count = 0;
  let waiting = '{\n    "apiVersion": "v1",\n    "items": [\n';
  const flush = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (!stream.write(text)) await once(stream, 'drain');
  };
  return {
    add: async (text) => {
      waiting += count === 0 ? text : `,\n${text}`;
      count += 1;
      if (waiting.length > BATCH) await flush();
    },
    end: async () => {
      waiting += '\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n';
      await flush();
      stream.end();
      await once(stream, 'close');
      return count;
    },
  };
}

/** Writes a whole list of few objects. */
export async function writeList(file: string, objects: readonly unknown[]): Promise<void> {
  const list = openListFile(file);
  for (const object of objects) await list.add(itemText(object));
  await list.end();
}
