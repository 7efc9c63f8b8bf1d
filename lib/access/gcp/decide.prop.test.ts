import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { gcpReview } from './review.ts';
import { bind, bindWhen, google, gsa, gsaMember, PROJECT, set, short, subject } from './testing/google.ts';

const SEED = { seed: 20260101, numRuns: 150 };
const NAMES = ['constructor', '__proto__', 'a', 'b'];

const members = fc.constantFrom(
  ...NAMES.map((name) => gsaMember(name)),
  ...NAMES.map((name) => short(`ns/${name}`)),
  subject('ns/a'),
  set('namespace/ns'),
  set('*'),
  'allUsers',
  'group:x@y.z',
  'user:x@y.z',
);
const roles = fc.constantFrom(
  'roles/owner',
  'roles/editor',
  'roles/iam.serviceAccountTokenCreator',
  'roles/iam.serviceAccountUser',
  'roles/odd.unread',
);
const conditions = fc.constantFrom(undefined, undefined, 'false', 'true', 'destination.port == 1');
const bindings = fc.array(
  fc
    .record({ role: roles, who: fc.array(members, { minLength: 1, maxLength: 3 }), condition: conditions })
    .map(({ role, who, condition }) => (condition === undefined ? bind(role, ...who) : bindWhen(condition, role, ...who))),
  { maxLength: 6 },
);
const identities = fc.constantFrom(...NAMES.map((name) => gsa(name)), ...NAMES.map((name) => short(`ns/${name}`)));
const permissions = fc.constantFrom(
  'iam.serviceAccounts.getAccessToken',
  'iam.serviceAccounts.actAs',
  'resourcemanager.projects.setIamPolicy',
);
const denials = fc.record({
  deniedPrincipals: fc.array(fc.constantFrom('principalSet://goog/public:all', set('*'), 'principalSet://goog/group/x@y.z'), {
    minLength: 1,
    maxLength: 2,
  }),
  deniedPermissions: fc.array(fc.constantFrom('iam.googleapis.com/serviceAccounts.actAs', 'iam.googleapis.com/*.*'), {
    minLength: 1,
    maxLength: 2,
  }),
});

const STRENGTH = ['ExplicitlyDenied', 'ImplicitlyDenied', 'Conditional', 'Allowed'];
const review = (inventory: Inventory, identity: string, action: string): string => {
  const answer = gcpReview(inventory, { provider: 'gcp', identity, action, resource: `projects/${PROJECT}` });
  return 'decision' in answer ? answer.decision : answer.error;
};
const strength = (decision: string): number => STRENGTH.indexOf(decision);

describe('whatever policies say', () => {
  it('the order of bindings and members means nothing', () => {
    fc.assert(
      fc.property(bindings, identities, permissions, (list, identity, action) => {
        const turned = list.toReversed().map((one) => ({ ...one, members: (one.members as string[]).toReversed() }));
        const asked = [list, turned].map((order) =>
          review(
            google()
              .project(...order)
              .inventory(),
            identity,
            action,
          ),
        );
        expect(asked[0]).toBe(asked[1]);
        expect(STRENGTH).toContain(asked[0]);
      }),
      SEED,
    );
  });

  it('one more deny rule never allows more, and one more binding never allows less', () => {
    fc.assert(
      fc.property(bindings, denials, identities, permissions, (list, rule, identity, action) => {
        const before = strength(
          review(
            google()
              .project(...list)
              .inventory(),
            identity,
            action,
          ),
        );
        expect(
          strength(
            review(
              google()
                .project(...list)
                .deny(rule)
                .inventory(),
              identity,
              action,
            ),
          ),
        ).toBeLessThanOrEqual(before);
        const more = google()
          .project(...list, bind('roles/iam.serviceAccountTokenCreator', 'allUsers'))
          .inventory();
        expect(strength(review(more, identity, action))).toBeGreaterThanOrEqual(before);
      }),
      SEED,
    );
  });
});
