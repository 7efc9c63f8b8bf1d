import { createHash } from 'node:crypto';

/** The letters of `k8s.io/apimachinery/pkg/util/rand`, which generated names are made of. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function digest(seed: string): Buffer {
  return createHash('sha256').update(`fernwood ${seed}`).digest();
}

function letters(seed: string, length: number, alphabet: string): string {
  return [...digest(seed).subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** A number from 0 to `below - 1` that a name always gets. */
export function pick(seed: string, below: number): number {
  return digest(seed).readUInt32BE(0) % below;
}

/** A version 4 UUID that looks random and is not: the same seed gives the same one. */
export function uid(seed: string): string {
  const hex = digest(`uid ${seed}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Five letters, as the API server appends to a generated name. */
export function suffix(seed: string): string {
  return letters(`suffix ${seed}`, 5, ALPHABET);
}

/** Nine letters, as in the `pod-template-hash` of a ReplicaSet. */
export function templateHash(seed: string): string {
  return letters(`template ${seed}`, 9, ALPHABET);
}

/** `AROA…`, `APKA…`: a unique id as IAM gives one. */
export function iamId(prefix: string, seed: string): string {
  return prefix + letters(`${prefix} ${seed}`, 17, ALPHANUMERIC);
}

/** `i-0…`, `eni-0…`: seventeen hexadecimal digits. */
export function ec2Id(prefix: string, seed: string): string {
  return `${prefix}-0${digest(`${prefix} ${seed}`).toString('hex').slice(0, 16)}`;
}

/** A moment within `days` days after a date, to the second, in the form that the API prints. */
export function moment(seed: string, from: string, days: number): string {
  const seconds = pick(`moment ${seed}`, days * 86_400);
  return `${new Date(Date.parse(from) + seconds * 1000).toISOString().slice(0, 19)}Z`;
}
