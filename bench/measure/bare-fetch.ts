/**
 * The floor of a live collection: the same lists in the same pages by a bare fetch and JSON.parse, all resources at once, each page after
 * the one before it; nothing is kept.
 *
 * Usage: node bench/measure/bare-fetch.ts URL → {"totalMs", "bytes", "pages"}
 */
import { fetch } from 'undici';
import { listPath } from '../../lib/sources/kubernetes/resources.ts';
import { LISTED_RESOURCES } from '../../lib/sources/listed-resources.ts';
import { report } from './report-line.ts';

const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
const url = process.argv[2] ?? '';
const counted = { bytes: 0, pages: 0, items: 0 };

interface Page {
  readonly metadata?: { readonly continue?: string };
  readonly items?: readonly unknown[];
}

async function fetchAll(path: string, accept: string): Promise<void> {
  let next = '';
  do {
    const query = `limit=500${next === '' ? '' : `&continue=${encodeURIComponent(next)}`}`;
    const response = await fetch(`${url}${path}?${query}`, { headers: { accept, 'accept-encoding': 'gzip' } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const page = JSON.parse(text) as Page;
    counted.bytes += text.length;
    counted.pages += 1;
    counted.items += page.items?.length ?? 0;
    next = page.metadata?.continue ?? '';
  } while (next !== '');
}

const start = performance.now();
await Promise.all(
  LISTED_RESOURCES.map((resource) => fetchAll(listPath(resource), resource.plural === 'secrets' ? METADATA_ONLY : 'application/json')),
);
report({ totalMs: performance.now() - start, ...counted });
