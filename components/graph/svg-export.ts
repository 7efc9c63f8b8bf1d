import { boundsOf, CARD } from './card.ts';
import { CARD_PLACES, type CardLook, cardLook } from './card-look.ts';
import { cardText } from './card-text.ts';
import { fitLines, fitMiddle } from './label.ts';
import { arrowhead, lineLook } from './paint-lines.ts';
import type { Palette } from './palette.ts';
import type { Scene, SceneCard, SceneLine } from './scene.ts';
import { styleOf } from './style.ts';

const MARGIN = 32;
/** Mean width of a character of Inter by font size: SVG has nothing to measure with. */
const PER_CHARACTER = 0.58;

/** The whole drawing as an SVG document. Names are escaped; nothing in it runs or loads. */
export function sceneToSvg(scene: Scene, palette: Palette): string {
  const bounds = boundsOf(scene.cards.map((card) => card.at));
  const [left, top] = [bounds.left - MARGIN, bounds.top - MARGIN];
  const [width, height] = [bounds.right - bounds.left + 2 * MARGIN, bounds.bottom - bounds.top + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="${escapeXml(palette.sans)}">`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${escapeXml(palette.of.canvas)}"/>`,
    ...scene.lines.map((line) => lineToSvg(line, scene, palette)),
    ...scene.cards.map((card) => cardToSvg(card, scene, palette)),
    '</svg>',
    '',
  ].join('\n');
}

function lineToSvg(line: SceneLine, scene: Scene, palette: Palette): string {
  const look = lineLook(line, scene, palette);
  const { from, bend1, bend2, to } = line.curve;
  const dash = look.dash.length > 0 ? ` stroke-dasharray="${look.dash.join(' ')}"` : '';
  const curve = `<path d="M${at(from)}C${at(bend1)} ${at(bend2)} ${at(to)}" fill="none" stroke="${escapeXml(look.colour)}" stroke-width="${look.width}" stroke-opacity="${look.alpha}"${dash}/>`;
  const corners = arrowhead(line.curve).map(([x, y]) => `${round(x)},${round(y)}`);
  return `${curve}<polygon points="${corners.join(' ')}" fill="${escapeXml(look.colour)}" fill-opacity="${look.alpha}"/>`;
}

function cardToSvg(card: SceneCard, scene: Scene, palette: Palette): string {
  const look = cardLook(card, scene, palette);
  const x = card.at.x - CARD.width / 2;
  const y = card.at.y - CARD.height / 2;
  const full = card.node.namespace === undefined ? card.node.label : `${card.node.namespace}/${card.node.label}`;
  const frame = `<rect width="${CARD.width}" height="${CARD.height}" rx="${CARD.radius}" fill="${escapeXml(look.fill)}" stroke="${escapeXml(look.frame)}" stroke-width="${look.frameWidth}"/>`;
  return `<g transform="translate(${round(x)} ${round(y)})"><title>${escapeXml(full)}</title>${card.node.count > 1 ? pileToSvg(look) : ''}${frame}${tileToSvg(card, look)}${textsToSvg(card, look)}${badgeToSvg(look)}</g>`;
}

/** Several nodes that stand for each other look like a pile of cards. */
function pileToSvg(look: CardLook): string {
  const sheet = (offset: number): string =>
    `<rect x="${offset}" y="${offset}" width="${CARD.width - offset}" height="${CARD.height - offset * 0.2}" rx="${CARD.radius}" fill="${escapeXml(look.fill)}" stroke="${escapeXml(look.frame)}" stroke-width="${look.frameWidth}"/>`;
  return sheet(6) + sheet(3);
}

function tileToSvg(card: SceneCard, look: CardLook): string {
  const style = styleOf(card.node.kind);
  const { x, y, size } = CARD_PLACES.tile;
  const colour = escapeXml(look.tile);
  const shape = `<path d="${style.shape}" fill="${colour}" fill-opacity="${look.tileFill}" stroke="${colour}" stroke-opacity="0.6"/>`;
  const glyph = `<path transform="translate(5.4 5.4) scale(0.55)" d="${style.glyph}" fill="none" stroke="${colour}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<g transform="translate(${x} ${y}) scale(${round(size / 24)})">${shape}${glyph}</g>`;
}

function textsToSvg(card: SceneCard, look: CardLook): string {
  const { text, name, caption } = CARD_PLACES;
  const measure = (size: number) => (part: string) => part.length * size * PER_CHARACTER;
  const line = (content: string, y: number, size: number, colour: string): string =>
    `<text x="${text.x}" y="${y}" font-size="${size}" fill="${escapeXml(colour)}" direction="ltr">${escapeXml(content)}</text>`;
  const words = cardText(card.node);
  const names = fitLines(words.name, text.width, measure(name.size));
  const rows = names.length === 1 ? name.one : name.two;
  const under = fitMiddle(words.caption, text.width, measure(caption.size));
  const drawn = names.map((part, row) => line(part, rows[row] ?? 0, name.size, look.name));
  return drawn.join('') + line(under, names.length === 1 ? caption.one : caption.two, caption.size, look.caption);
}

function badgeToSvg({ badge }: CardLook): string {
  if (!badge) return '';
  const width = badge.text.length > 1 ? 22 : 17;
  const x = CARD.width - width + 5;
  return `<rect x="${x}" y="-8" width="${width}" height="16" rx="8" fill="${escapeXml(badge.fill)}"/><text x="${x + width / 2}" y="4" font-size="10.5" text-anchor="middle" fill="${escapeXml(badge.ink)}">${escapeXml(badge.text)}</text>`;
}

function at(point: { x: number; y: number }): string {
  return `${round(point.x)},${round(point.y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What XML 1.0 forbids outright, even as a reference. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text as XML character data or attribute value; characters that XML forbids become U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
