import { CARD } from './card.ts';
import { CARD_PLACES, type CardLook, cardLook } from './card-look.ts';
import { cardText } from './card-text.ts';
import { fitLines, fitMiddle } from './label.ts';
import type { Palette } from './palette.ts';
import type { Scene, SceneCard } from './scene.ts';
import { styleOf } from './style.ts';

/** What painting needs to know beside the scene. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  /** Device-independent zoom: text under 6 px is left out. */
  readonly zoom: number;
  /** Fitted texts, kept between frames. */
  readonly texts: Map<string, readonly string[]>;
}

const paths = new Map<string, Path2D>();

function pathOf(data: string): Path2D {
  const known = paths.get(data);
  if (known) return known;
  const path = new Path2D(data);
  paths.set(data, path);
  return path;
}

/** Paints one card: frame, tile with the kind's shape and glyph, name, caption, count or distance. */
export function paintCard(brush: Brush, card: SceneCard, scene: Pick<Scene, 'direction'>): void {
  const { context } = brush;
  const look = cardLook(card, scene, brush.palette);
  context.save();
  context.translate(card.at.x - CARD.width / 2, card.at.y - CARD.height / 2);
  if (card.node.count > 1) paintPile(brush, look);
  paintFrame(brush, card, look);
  paintTile(brush, card, look);
  if (brush.zoom * CARD_PLACES.name.size >= 6) paintText(brush, card, look);
  if (look.badge) paintBadge(brush, look.badge);
  if (card.pin) paintPin(brush, card.pin);
  context.restore();
}

/** Several nodes that stand for each other look like a pile of cards. */
function paintPile({ context }: Brush, look: CardLook): void {
  context.fillStyle = look.fill;
  context.strokeStyle = look.frame;
  context.lineWidth = look.frameWidth;
  for (const offset of [6, 3]) {
    context.beginPath();
    context.roundRect(offset, offset, CARD.width - offset, CARD.height - offset * 0.2, CARD.radius);
    context.fill();
    context.stroke();
  }
}

function paintFrame({ context, palette }: Brush, card: SceneCard, look: CardLook): void {
  if (card.selected) {
    context.beginPath();
    context.roundRect(-4, -4, CARD.width + 8, CARD.height + 8, CARD.radius + 4);
    context.lineWidth = 2.5;
    context.strokeStyle = palette.of.select;
    context.stroke();
  }
  context.beginPath();
  context.roundRect(0, 0, CARD.width, CARD.height, CARD.radius);
  context.fillStyle = look.fill;
  context.fill();
  context.lineWidth = look.frameWidth;
  context.strokeStyle = look.frame;
  if (card.node.certainty === 'conditional' && card.mood !== 'dim') context.setLineDash([5, 3]);
  context.stroke();
  context.setLineDash([]);
}

function paintTile({ context }: Brush, card: SceneCard, look: CardLook): void {
  const style = styleOf(card.node.kind);
  const { x, y, size } = CARD_PLACES.tile;
  context.save();
  context.translate(x, y);
  context.scale(size / 24, size / 24);
  context.fillStyle = look.tile;
  context.strokeStyle = look.tile;
  context.globalAlpha = look.tileFill;
  context.fill(pathOf(style.shape));
  context.globalAlpha = 0.6;
  context.lineWidth = 1;
  context.stroke(pathOf(style.shape));
  context.globalAlpha = 1;
  context.translate(5.4, 5.4);
  context.scale(0.55, 0.55);
  context.lineWidth = 2.4;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(pathOf(style.glyph));
  context.restore();
}

function paintText(brush: Brush, card: SceneCard, look: CardLook): void {
  const { context, palette } = brush;
  const { text, name, caption } = CARD_PLACES;
  context.textBaseline = 'alphabetic';
  context.direction = 'ltr';
  context.font = `550 ${name.size}px ${palette.sans}`;
  context.fillStyle = look.name;
  const words = cardText(card.node);
  const lines = fitted(brush, words.name, fitLines);
  const rows = lines.length === 1 ? name.one : name.two;
  for (const [row, line] of lines.entries()) context.fillText(line, text.x, rows[row] ?? 0);
  if (brush.zoom * caption.size < 6) return;
  context.font = `400 ${caption.size}px ${palette.sans}`;
  context.fillStyle = look.caption;
  const [under] = fitted(brush, words.caption, (all, width, measure) => [fitMiddle(all, width, measure)]);
  context.fillText(under ?? '', text.x, lines.length === 1 ? caption.one : caption.two);
}

/** Fits a text in the context's font; measured once per text and font. */
function fitted({ context, texts }: Brush, text: string, fitter: typeof fitLines): readonly string[] {
  const key = `${context.font}\n${text}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const fits = fitter(text, CARD_PLACES.text.width, (part) => context.measureText(part).width);
  texts.set(key, fits);
  return fits;
}

function paintBadge({ context, palette }: Brush, badge: NonNullable<CardLook['badge']>): void {
  const width = badge.text.length > 1 ? 22 : 17;
  context.beginPath();
  context.roundRect(CARD.width - width + 5, -8, width, 16, 8);
  context.fillStyle = badge.fill;
  context.fill();
  context.fillStyle = badge.ink;
  context.font = `650 10.5px ${palette.sans}`;
  context.textAlign = 'center';
  context.fillText(badge.text, CARD.width - width / 2 + 5, 4);
  context.textAlign = 'left';
}

function paintPin({ context, palette }: Brush, pin: 'start' | 'target'): void {
  const text = pin === 'start' ? 'START' : 'TARGET';
  context.font = `650 9px ${palette.sans}`;
  const width = context.measureText(text).width + 12;
  context.beginPath();
  context.roundRect(8, -8, width, 15, 7.5);
  context.fillStyle = palette.of.path;
  context.fill();
  context.fillStyle = palette.of['on-heat'];
  context.fillText(text, 14, 3);
}
