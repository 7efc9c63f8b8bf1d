import { describe, expect, it } from 'vitest';
import type { Palette } from './palette.ts';
import { sceneOf } from './scene.ts';
import { escapeXml, sceneToSvg } from './svg-export.ts';
import { canvasEdge, canvasNode } from './testing/canvas-graph.ts';

const grey = new Proxy({}, { get: () => 'rgb(1, 2, 3)' });
const palette = {
  of: grey,
  families: grey,
  forward: ['red'],
  reverse: ['blue'],
  sans: '"Inter Variable", sans-serif',
} as unknown as Palette;
const svgOf = (name: string, namespace?: string) => {
  const nodes = [canvasNode(name, 0, { ...(namespace !== undefined && { namespace }) }), canvasNode('b', 1)];
  const positions = new Map(nodes.map((node, index) => [node.id, { x: index * 200, y: 0 }]));
  const edges = [canvasEdge(name, 'b', { certainty: 'broken' })];
  return sceneToSvg(sceneOf({ nodes, edges }, { positions, selected: new Set(), direction: 'forward' }), palette);
};

describe('escapeXml', () => {
  it.each([
    { name: 'plain text', text: 'api-7f9c', escaped: 'api-7f9c' },
    { name: 'markup', text: '<a b="c">&\'', escaped: '&#60;a b=&#34;c&#34;&#62;&#38;&#39;' },
    { name: 'what XML forbids', text: '\u0000\u001b\uffff', escaped: '\ufffd\ufffd\ufffd' },
    { name: 'half of a pair', text: 'a\ud83db', escaped: 'a\ufffdb' },
    { name: 'a whole pair', text: '😀', escaped: '😀' },
  ])('$name', ({ text, escaped }) => expect(escapeXml(text)).toBe(escaped));
});

describe('sceneToSvg', () => {
  it.each(['<script>alert(1)</script>', '"><image href=x onerror=alert(1)>', "'--><svg onload=x>", ']]>', '\u202egpj.exe'])(
    'keeps %j a text',
    (name) => {
      const svg = svgOf(name, name);
      const tags = new Set([...svg.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag));
      expect([...tags].sort()).toEqual(['g', 'path', 'polygon', 'rect', 'svg', 'text', 'title']);
      expect(svg).not.toMatch(/<[^>]*\son[a-z]+=/i);
      expect(svg).toContain(escapeXml(name));
    },
  );

  it('draws a broken link dashed', () => expect(svgOf('a')).toContain('stroke-dasharray="3 4"'));

  it('has the whole name as a title even where the card cuts it', () => {
    const long = 'x'.repeat(253);
    expect(svgOf(long, 'shop')).toContain(`<title>shop/${long}</title>`);
  });
});
