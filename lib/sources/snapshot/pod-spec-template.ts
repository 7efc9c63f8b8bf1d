import { isObject, type RawObject } from '../../inventory/normalise/field-reader.ts';
import { GENERATED_TOKEN_VOLUME, TOKEN_VOLUME } from '../../inventory/token-volume.ts';

const RANDOM = 5;
const RANDOM_END = /^[a-z0-9]{5}$/;
const NODE_NAME = /^[a-z0-9.-]{1,253}$/;
/** Escapes of what names are made of, which nobody prints: with them a name could stand in the text and not be seen. */
const ESCAPED_NAME = /\\u00(?:2[deDE]|3[0-9]|[67])/;
const QUOTE = 34;

/** A place of the template's text where its copies have something of their own: up to its quote the node's name, or five random letters. */
interface Hole {
  readonly from: number;
  readonly to: number;
  readonly isNodeName: boolean;
}

/** A spec, its text and the bytes of that. */
export interface SpecText {
  readonly bytes: Buffer;
  readonly text: string;
  readonly spec: RawObject;
}

/** What a copy has in the holes. */
interface Fillings {
  nodeName: string | undefined;
  random: string | undefined;
}

/**
 * A pod's spec as text, to find copies of it without parsing them: the text of a copy is the same but for the name of its node and the
 * five letters that end the name of its token volume, in the volume and in its mounts (plugin/pkg/admission/serviceaccount/admission.go).
 */
export class PodSpecTemplate {
  readonly #bytes: Buffer;
  readonly #spec: RawObject;
  readonly #holes: readonly Hole[];

  private constructor(bytes: Buffer, spec: RawObject, holes: readonly Hole[]) {
    this.#bytes = bytes;
    this.#spec = spec;
    this.#holes = holes;
  }

  /** Undefined where one of the two names stands in another place too: a copy that has it there would be another spec. */
  static of({ bytes, text, spec }: SpecText): PodSpecTemplate | undefined {
    if (ESCAPED_NAME.test(text)) return undefined;
    const names = namesOfVolumes(spec);
    const volume = names.find((name): name is string => typeof name === 'string' && GENERATED_TOKEN_VOLUME.test(name));
    const named = names.filter((name) => name === volume).length;
    const holes = volume === undefined ? [] : placesOf(text, volume).map((at) => randomHole(at + volume.length));
    if ((volume !== undefined && named !== holes.length) || placesOf(text, TOKEN_VOLUME).length !== holes.length) return undefined;
    const { nodeName } = spec;
    if (nodeName === undefined) return new PodSpecTemplate(bytes, spec, holes);
    if (typeof nodeName !== 'string' || !NODE_NAME.test(nodeName)) return undefined;
    const [at, ...more] = placesOf(text, nodeName);
    if (at === undefined || more.length > 0) return undefined;
    holes.push({ from: at, to: at + nodeName.length, isNodeName: true });
    return new PodSpecTemplate(
      bytes,
      spec,
      holes.sort((one, other) => one.from - other.from),
    );
  }

  /**
   * The spec whose text begins at `from`, where that is a copy, and where it ends. It shares its parts with the template, and so has the
   * template's name for its token volume, of which the inventory keeps no more than that it is one (volumes.ts).
   */
  copyAt(bytes: Buffer, from: number): { readonly spec: RawObject; readonly to: number } | undefined {
    const template = this.#bytes;
    const fillings: Fillings = { nodeName: undefined, random: undefined };
    let at = from;
    let told = 0;
    for (const hole of this.#holes) {
      const holeAt = at + hole.from - told;
      if (!isSameText(template, { from: told, to: hole.from }, bytes, at)) return undefined;
      const end = fill(fillings, hole, bytes, holeAt);
      if (end === undefined) return undefined;
      at = end;
      told = hole.to;
    }
    if (!isSameText(template, { from: told, to: template.length }, bytes, at)) return undefined;
    const { nodeName } = fillings;
    return { spec: nodeName === undefined ? this.#spec : { ...this.#spec, nodeName }, to: at + template.length - told };
  }
}

function isSameText(template: Buffer, part: { from: number; to: number }, bytes: Buffer, at: number): boolean {
  const end = at + part.to - part.from;
  return end <= bytes.length && template.compare(bytes, at, end, part.from, part.to) === 0;
}

/** Reads what a copy has in a hole; gives where it ends, or undefined where it cannot be that. */
function fill(fillings: Fillings, hole: Hole, bytes: Buffer, at: number): number | undefined {
  const end = hole.isNodeName ? bytes.indexOf(QUOTE, at) : at + RANDOM;
  if (end < 0 || end > bytes.length) return undefined;
  const text = bytes.toString('latin1', at, end);
  if (!NODE_NAME.test(text)) return undefined;
  if (hole.isNodeName) {
    fillings.nodeName = text;
    return end;
  }
  fillings.random ??= text;
  return text === fillings.random && RANDOM_END.test(text) ? end : undefined;
}

const randomHole = (end: number): Hole => ({ from: end - RANDOM, to: end, isNodeName: false });

/** Every place of a text where a name begins. */
function placesOf(text: string, name: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) places.push(at);
  return places;
}

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'];
const objectsIn = (list: unknown): readonly RawObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

/** The name of every volume of a spec, once for itself and once for each of its mounts. */
function namesOfVolumes(spec: RawObject): readonly unknown[] {
  const containers = CONTAINER_LISTS.flatMap((list) => objectsIn(spec[list]));
  return [...objectsIn(spec.volumes), ...containers.flatMap(({ volumeMounts }) => objectsIn(volumeMounts))].map(({ name }) => name);
}
