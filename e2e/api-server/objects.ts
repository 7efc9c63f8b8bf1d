import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A Kubernetes object as kubectl prints it. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

export interface SnapshotFiles {
  readonly objects: readonly KubernetesObject[];
  /** What `/version` answers, if the folder says. */
  readonly version?: object;
  readonly openid?: object;
}

/** Reads the `kubectl get … -o json` files (also .gz) of a folder, or of its folder `kubernetes`. */
export function readSnapshotFiles(folder: string): SnapshotFiles {
  const nested = join(folder, 'kubernetes');
  const root = existsSync(nested) ? nested : folder;
  const objects: KubernetesObject[] = [];
  let version: object | undefined;
  let openid: object | undefined;
  for (const value of jsonFiles(root)) {
    if (Array.isArray(value.items)) for (const item of value.items) objects.push(item);
    else if (value.issuer !== undefined) openid = value;
    else if (value.kind !== undefined) objects.push(value as unknown as KubernetesObject);
    else version = value.serverVersion ?? version;
  }
  return { objects, ...(version === undefined ? {} : { version }), ...(openid === undefined ? {} : { openid }) };
}

interface JsonFile {
  readonly items?: readonly KubernetesObject[];
  readonly issuer?: string;
  readonly kind?: string;
  /** Of `kubectl version -o json`. */
  readonly serverVersion?: object;
}

function jsonFiles(folder: string): JsonFile[] {
  const paths = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map(({ name }) => join(folder, name));
  return paths.sort().map((path) => {
    const bytes = readFileSync(path);
    return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  });
}
