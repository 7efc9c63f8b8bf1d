import { describe, expect, it } from 'vitest';
import { fileName } from './download-file.ts';

describe('fileName', () => {
  it.each([
    ['a plain name', 'podreach-api.csv', 'podreach-api.csv'],
    ['a path', '../../etc/passwd', '..-..-etc-passwd'],
    ['what Windows refuses', 'a<b>:"c"|?*.md', 'a-b-c-.md'],
    ['control characters and direction marks', 'a\u0000b\u202egnp', 'a-b-gnp'],
    ['another script', 'данные.md', 'данные.md'],
  ])('%s', (_name, name, want) => expect(fileName(name)).toBe(want));

  it('is never long', () => expect(fileName('x'.repeat(500))).toHaveLength(120));
});
