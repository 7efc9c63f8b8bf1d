import { AWS } from './aws.ts';
import { AZURE } from './azure.ts';
import { COMMON } from './common.ts';
import { GCP } from './gcp.ts';
import { KUBERNETES } from './kubernetes.ts';

export const SCRIPT_PARTS = ['kubernetes', 'aws', 'gcp', 'azure'] as const;
export type ScriptPart = (typeof SCRIPT_PARTS)[number];

const TEXTS: Readonly<Record<ScriptPart, string>> = { kubernetes: KUBERNETES, aws: AWS, gcp: GCP, azure: AZURE };

const END = `
note "done: $OUT"
`;

/** A read-only bash script that collects a snapshot folder from these parts, in an order of its own. */
export function collectScript(parts: ReadonlySet<ScriptPart>): string {
  return [COMMON, ...SCRIPT_PARTS.filter((part) => parts.has(part)).map((part) => TEXTS[part]), END].join('');
}
