import { isObject, type RawObject } from '../../inventory/normalise/field-reader.ts';
import { type Cut, closingAt, indentationOf } from './cut-text.ts';
import { parsed } from './parsed.ts';
import { PodSpecTemplate } from './pod-spec-template.ts';

const BEFORE = Buffer.from('"s');
/** Searched for from its second letter on, for the reason that managed-fields.ts gives. */
const MARK = Buffer.from('pec": {\n');
const POD = Buffer.from('"kind": "Pod"');
const CLOSE = 125;
/** What stands in the text for a spec. ASCII text can say it only by an escape, and is left whole where it has one. */
const STAND_IN = '\u00ff';
const ESCAPED = ['\\u00f', '\\u00F'].map((text) => Buffer.from(text));

/** Specs that were taken out of a text, and read. */
export interface TakenSpecs {
  readonly cuts: readonly Cut[];
  readonly specs: readonly RawObject[];
}

const NONE: TakenSpecs = { cuts: [], specs: [] };

/**
 * The specs of pretty-printed pods: each is read once for all its copies that stand together, which a list in order of names has them do.
 * More than half of what is parsed of a pod is its spec, and most pods are copies. `others` are cuts that are made anyway, in order: there
 * is nothing to look for in them.
 *
 * No guess: a raw newline cannot stand in a string, so the mark at the beginning of a line is a key; what begins at its brace and parses
 * is its value; the text of a copy parses to the same. Only that a spec is that of an item of the list is seen when it is put back.
 */
export function takeSpecs(bytes: Buffer, others: readonly Cut[]): TakenSpecs {
  if (!bytes.includes(POD) || ESCAPED.some((escaped) => bytes.includes(escaped))) return NONE;
  const taking = new Taking();
  let from = 0;
  for (const other of others) {
    if (!taking.take(bytes.subarray(0, other.from), from)) return NONE;
    from = other.to;
  }
  return taking.take(bytes, from) ? taking : NONE;
}

class Taking implements TakenSpecs {
  readonly cuts: Cut[] = [];
  readonly specs: RawObject[] = [];
  #template: PodSpecTemplate | undefined;

  /** Takes the specs that stand behind `from`. False: there is one that cannot be read. */
  take(bytes: Buffer, from: number): boolean {
    let next = from;
    for (let at = bytes.indexOf(MARK, next); at >= 0; at = bytes.indexOf(MARK, next)) {
      const start = at + MARK.length - 2;
      next = start;
      const key = at - BEFORE.length;
      const indentation = key < 0 || BEFORE.compare(bytes, key, at) !== 0 ? undefined : indentationOf(bytes, key);
      if (indentation === undefined) continue;
      const found = this.#template?.copyAt(bytes, start) ?? this.#read(bytes, start, indentation);
      if (found === undefined) return false;
      this.cuts.push({ from: start, to: found.to, text: `"${STAND_IN}${this.specs.length}"` });
      this.specs.push(found.spec);
      next = found.to;
    }
    return true;
  }

  #read(bytes: Buffer, from: number, indentation: number): { readonly spec: RawObject; readonly to: number } | undefined {
    const close = closingAt(bytes, CLOSE, { from, indentation });
    if (close < 0) return undefined;
    const to = close + 1;
    const text = bytes.toString('latin1', from, to);
    const spec = parsed(text);
    if (!isObject(spec)) return undefined;
    this.#template = PodSpecTemplate.of({ bytes: bytes.subarray(from, to), text, spec });
    return { spec, to };
  }
}

/** Puts the specs back into the items that they stood in. False: one stood elsewhere, or in what is no Pod, and the text has to be read whole. */
export function putBack(items: readonly unknown[], specs: readonly RawObject[]): boolean {
  let back = 0;
  for (const item of items) {
    if (!isObject(item) || typeof item.spec !== 'string' || !item.spec.startsWith(STAND_IN)) continue;
    const spec = specs[Number(item.spec.slice(1))];
    if (spec === undefined || item.kind !== 'Pod') return false;
    (item as { spec: unknown }).spec = spec;
    back += 1;
  }
  return back === specs.length;
}
