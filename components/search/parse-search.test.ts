import { describe, expect, it } from 'vitest';
import { parseSearch } from './parse-search.ts';

describe('parseSearch', () => {
  it.each([
    { name: 'a name', text: ' api ', parsed: { q: 'api' } },
    { name: 'a kind and a name', text: 'pod:api', parsed: { q: 'api', kind: 'pod' } },
    { name: 'a short kind', text: 'SA: build', parsed: { q: 'build', kind: 'service-account' } },
    { name: 'a kind alone', text: 'aws-role:', parsed: { q: '', kind: 'aws-role' } },
    { name: 'a prefix that is no kind', text: 'system:masters', parsed: { q: 'system:masters' } },
    { name: 'an ARN', text: 'arn:aws:iam::1:role/x', parsed: { q: 'arn:aws:iam::1:role/x' } },
    { name: 'a name of the prototype', text: 'constructor:x', parsed: { q: 'constructor:x' } },
    { name: 'a colon first', text: ':x', parsed: { q: ':x' } },
    { name: 'nothing', text: '', parsed: { q: '' } },
  ])('$name', ({ text, parsed }) => expect(parseSearch(text)).toEqual(parsed));
});
