import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import type { Proof } from './facts.ts';
import type { AnyOf, Right } from './rights.ts';

/** One way to a target, and how sure it is. */
export interface OneWay {
  readonly certainty: Certainty;
  readonly hangsOn?: string;
  readonly evidence: readonly Evidence[];
  readonly rights: AnyOf;
  readonly by: readonly GrantedRule[];
}

interface Ways {
  best: OneWay;
  readonly rights: Set<Right>;
  readonly rules: Map<Grant, Map<number, GrantedRule>>;
}

/** Rights that a merged part names; more than these are only counted among its rules. */
const NAMED_RIGHTS = 6;

/**
 * Many ways from one node to one target as a single proof: it tells the surest way and lists every rule of all of them, as only taking all
 * of those away closes it. Keeps one proof for each pair, however many resources give the same.
 */
export class MergedWays {
  readonly #byNode = new Map<number, Map<number, Ways>>();

  add(from: number, to: number, way: OneWay): void {
    const targets = this.#byNode.get(from) ?? new Map<number, Ways>();
    this.#byNode.set(from, targets);
    const known = targets.get(to);
    const ways = known ?? { best: way, rights: new Set(), rules: new Map() };
    if (known === undefined) targets.set(to, ways);
    else if (way.certainty === 'certain' && ways.best.certainty !== 'certain') ways.best = way;
    for (const right of way.rights) if (ways.rights.size < NAMED_RIGHTS) ways.rights.add(right);
    for (const rule of way.by) {
      const rules = ways.rules.get(rule.grant) ?? new Map<number, GrantedRule>();
      ways.rules.set(rule.grant, rules);
      rules.set(rule.ruleIndex, rule);
    }
  }

  /** Every pair with its proof, in the order in which they were first found. */
  *proofs(): Generator<{ readonly from: number; readonly to: number; readonly certainty: Certainty; readonly proof: Proof }> {
    for (const [from, targets] of this.#byNode) {
      for (const [to, { best, rights, rules }] of targets) {
        const named = [...new Set([...best.rights, ...rights])].slice(0, Math.max(NAMED_RIGHTS, best.rights.length));
        const by = [...rules.values()].flatMap((list) => [...list.values()]);
        const proof: Proof = {
          parts: [{ rights: named, by }],
          also: best.evidence,
          ...(best.hangsOn === undefined ? {} : { hangsOn: best.hangsOn }),
        };
        yield { from, to, certainty: best.certainty, proof };
      }
    }
  }
}
