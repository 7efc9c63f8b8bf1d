import { describe, expect, it } from 'vitest';
import { parseEdgeKey, writeEdgeKey } from './edge-key.ts';

describe('edge in the URL', () => {
  it('comes back as it went, whatever the ids hold', () => {
    const edge = { technique: 'holds-token' as const, from: 'pod:a/"b",]', to: 'sa:ü/%20' };
    expect(parseEdgeKey(writeEdgeKey(edge))).toEqual(edge);
  });
  it.each(['', 'x', '[]', '["a","b"]', '["a","b",3]', '{"from":"a"}', 'null', '["a","b","c","d"]'])('%j names no edge', (text) =>
    expect(parseEdgeKey(text)).toBeNull(),
  );
});
