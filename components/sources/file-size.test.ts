import { describe, expect, it } from 'vitest';
import { fileSize } from './file-size.ts';

describe('fileSize', () => {
  it.each([
    ['nothing', 0, '0 B'],
    ['bytes', 812, '812 B'],
    ['kilobytes', 4200, '4.2 KB'],
    ['rounds up to the next unit', 999_950, '1.0 MB'],
    ['large numbers without decimals', 512_000_000, '512 MB'],
    ['never beyond gigabytes', 4_200_000_000_000, '4200 GB'],
  ])('%s', (_name, bytes, want) => expect(fileSize(bytes)).toBe(want));
});
