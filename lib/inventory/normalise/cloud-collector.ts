import type { Gap } from '../gap.ts';

/** Where an answer of a cloud comes from: the file as it is shown, and its whole path, which often says what the answer is about. */
export interface CloudAnswerOrigin {
  readonly file: string;
  readonly path: string;
}

/** Takes the answers of one cloud, in any order, and makes its part of the inventory. Pure. */
export interface CloudCollector<Part> {
  /** False: the answer is none of this cloud's, as far as its content and path say. A malformed one of its own is a gap, and true. */
  add(answer: unknown, origin: CloudAnswerOrigin): boolean;
  /** Everything so far, sorted, without duplicates, with the gaps that only the whole shows. Does not change the collector. */
  finish(): { readonly part: Part; readonly gaps: readonly Omit<Gap, 'id'>[] };
}
