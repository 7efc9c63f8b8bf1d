import { Refused } from './problem.ts';

/** What Next lets pass its proxy; larger bodies would be cut off there (`proxyClientMaxBodySize`). */
const MOST_BYTES = 8 * 1024 * 1024;

/** The body of a request, whole. Throws Refused where there is none, or too much of it. */
export async function requestBody(request: Request): Promise<Buffer> {
  if (request.body === null) throw new Refused(400, 'Nothing sent', 'the request has no body; send manifests or changes as JSON or YAML');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES)
      throw new Refused(
        413,
        'Too large',
        `the body has more than ${MOST_BYTES / 1024 / 1024} MiB; use \`podreach what-if\` or \`podreach preview\` on the command line`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
