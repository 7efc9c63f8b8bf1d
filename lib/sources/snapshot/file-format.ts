/** How the data of a file is written. */
export type FileFormat = 'json' | 'yaml' | 'utf-16' | 'empty' | 'text' | 'other';

const NEVER_DATA =
  /\.(?:md|markdown|rst|sh|bash|ps1|png|jpe?g|gif|svg|ico|webp|pdf|html?|css|m?js|tsx?|jsx|go|py|rb|rs|java|tf|tfvars|tpl|lock|pem|crt|key|db|sqlite|mp4|woff2?)(?:\.gz)?$/i;
const YAML_NAME = /\.ya?ml(?:\.gz)?$/i;
const DATA_NAME = /\.(?:json|jsonl|ndjson|ya?ml)(?:\.gz)?$/i;
/** A line that only an object of Kubernetes, or a list of them, begins with. */
const YAML_LINE = /^(?:apiVersion|kind|items|metadata): |^(?:items|metadata):$/m;

/** What a file's name and first bytes say of it. `text` is a file that should hold data and holds something else. */
export function fileFormatOf(path: string, head: Buffer): FileFormat {
  if (NEVER_DATA.test(path)) return 'other';
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return 'utf-16';
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (text === '') return DATA_NAME.test(path) ? 'empty' : 'other';
  if (text.startsWith('{') || text.startsWith('[')) return 'json';
  if (isServerMessage(text)) return 'text';
  if (YAML_NAME.test(path) || YAML_LINE.test(text)) return 'yaml';
  return DATA_NAME.test(path) ? 'text' : 'other';
}

/** What kubectl and the API server print where an answer was to be. */
function isServerMessage(text: string): boolean {
  return /^(?:Error from server|error: |Unable to connect|The connection to the server|404 page not found|Forbidden|An error occurred \()/.test(
    text,
  );
}
