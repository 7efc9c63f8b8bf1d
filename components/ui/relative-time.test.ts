import { describe, expect, it } from 'vitest';
import { duration, relativeTime } from './relative-time.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('relativeTime', () => {
  it.each([
    ['now', 0, 'just now'],
    ['under a minute', 59 * SECOND, 'just now'],
    ['a clock that is a little ahead', -30 * SECOND, 'just now'],
    ['a minute', MINUTE, '1 minute ago'],
    ['just under an hour', HOUR - SECOND, '59 minutes ago'],
    ['an hour', HOUR, '1 hour ago'],
    ['almost two hours', 119 * MINUTE, '1 hour ago'],
    ['a day', DAY, '1 day ago'],
    ['six days', 6 * DAY, '6 days ago'],
    ['a week', 7 * DAY, '1 week ago'],
    ['a month', 31 * DAY, '1 month ago'],
    ['two years', 731 * DAY, '2 years ago'],
    ['the future', -2 * DAY, 'in 2 days'],
  ])('%s', (_name, ago, want) => expect(relativeTime(NOW - ago, NOW)).toBe(want));
});

describe('duration', () => {
  it.each([
    ['nothing', 0, '0 ms'],
    ['milliseconds', 849.6, '850 ms'],
    ['seconds', 3421, '3.4 s'],
    ['minutes', 125_000, '2 min 5 s'],
    ['a minute in whole seconds, never 60 of them', 119_700, '2 min 0 s'],
  ])('%s', (_name, ms, want) => expect(duration(ms)).toBe(want));
});
