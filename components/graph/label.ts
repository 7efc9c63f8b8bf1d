/** Longest label that is measured at all; Kubernetes names end at 253, and a longer one is somebody's joke. */
const MOST = 300;

/** Control and format characters (bidirectional overrides, zero width): they would reorder or hide what stands next to them. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A name from the cluster on one line, unable to reorder or hide its surroundings: each such character becomes a middle dot. */
export function oneLine(text: string): string {
  return text.slice(0, MOST).replace(UNSEEN, '·');
}

/**
 * The text, or its beginning and end around an ellipsis so that it is at most `width` wide: names differ at both ends.
 * `measure` answers the width of a text in the same unit. Binary search: about eight measurements.
 */
export function fitMiddle(text: string, width: number, measure: (text: string) => number): string {
  const line = oneLine(text);
  if (measure(line) <= width) return line;
  const characters = Array.from(line);
  let fits = 0;
  let tooMany = characters.length;
  while (fits + 1 < tooMany) {
    const kept = (fits + tooMany) >> 1;
    if (measure(cut(characters, kept)) <= width) fits = kept;
    else tooMany = kept;
  }
  return cut(characters, fits);
}

function cut(characters: readonly string[], kept: number): string {
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`;
}

/** Where a name may be broken so that both lines read well. */
const JOINTS = '-./:_@ ';

/**
 * The text on one line where it fits, else on two, broken after a joint of the name if nothing is lost by it; the second is cut in the middle when even that
 * is too long. `measure` answers the width of a text in the unit of `width`.
 */
export function fitLines(text: string, width: number, measure: (text: string) => number): readonly string[] {
  const line = oneLine(text);
  if (measure(line) <= width) return [line];
  const characters = Array.from(line);
  let fits = 1;
  let tooMany = characters.length;
  while (fits + 1 < tooMany) {
    const kept = (fits + tooMany) >> 1;
    if (measure(characters.slice(0, kept).join('')) <= width) fits = kept;
    else tooMany = kept;
  }
  const joint = lastJoint(characters, fits);
  // A break at a joint reads better, but not at the price of letters.
  const end = joint > 0 && measure(characters.slice(joint).join('')) <= width ? joint : fits;
  return [characters.slice(0, end).join(''), fitMiddle(characters.slice(end).join(''), width, measure)];
}

/** How many characters there are up to the last joint within the first `most`; 0 when there is none. */
function lastJoint(characters: readonly string[], most: number): number {
  for (let index = most - 1; index >= 0; index--) {
    if (JOINTS.includes(characters[index] ?? '')) return index + 1;
  }
  return 0;
}
