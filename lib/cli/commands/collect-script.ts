import { collectScript, SCRIPT_PARTS, type ScriptPart } from '../collect-script/script.ts';
import type { Output } from '../print.ts';

export type CollectScriptOptions = Readonly<Partial<Record<ScriptPart, boolean | undefined>>>;

/** `collect-script`: prints the script that collects a snapshot; of the parts that are named, or of all. */
export async function collectScriptCommand(options: CollectScriptOptions, out: Output): Promise<void> {
  const named = SCRIPT_PARTS.filter((part) => options[part] === true);
  await out.write(collectScript(new Set(named.length === 0 ? SCRIPT_PARTS : named)));
}
