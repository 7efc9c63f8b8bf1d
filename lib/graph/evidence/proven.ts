import { askingAt } from '../facts/asking.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import type { Technique } from '../techniques/technique.ts';
import { explainProof } from './grant.ts';
import { changesOf, closingOfProof, fixOfProof } from './grant-closing.ts';

/**
 * What techniques have in common whose edges carry the number of a kept proof as their detail and which have asked admission themselves:
 * evidence, cuts and commands come from the proof.
 */
export const provenAndAsked = {
  changes: (facts, { detail }) => changesOf(proofOf(facts, detail)),
  closing: (facts, { detail }) => closingOfProof(proofOf(facts, detail)),
  fix: (facts, { detail }, change) => fixOfProof(proofOf(facts, detail), change),
  explain: (facts, { detail }) => explainProof(proofOf(facts, detail)),
} satisfies Pick<Technique, 'changes' | 'closing' | 'fix' | 'explain'>;

/**
 * The same of all others: admission is asked about whatever the proof's rights are for, where the edge leads. A detail that is no proof's
 * is that of an edge which no request makes.
 */
export const proven = {
  ...provenAndAsked,
  asks(facts, { to, detail }) {
    const proof = facts.proofs[detail];
    return proof === undefined ? undefined : askingAt(facts, to, proof.parts);
  },
} satisfies Pick<Technique, 'asks' | 'changes' | 'closing' | 'fix' | 'explain'>;
