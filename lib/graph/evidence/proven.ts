import { proofOf } from '../facts/rbac-edges.ts';
import type { Technique } from '../techniques/technique.ts';
import { explainProof } from './grant.ts';
import { changesOf, closingOfProof, fixOfProof } from './grant-closing.ts';

/** What techniques have in common whose edges carry the number of a kept proof as their detail: evidence, cuts and commands come from it. */
export const proven = {
  changes: (facts, { detail }) => changesOf(proofOf(facts, detail)),
  closing: (facts, { detail }) => closingOfProof(proofOf(facts, detail)),
  fix: (facts, { detail }, change) => fixOfProof(proofOf(facts, detail), change),
  explain: (facts, { detail }) => explainProof(proofOf(facts, detail)),
} satisfies Pick<Technique, 'changes' | 'closing' | 'fix' | 'explain'>;
