import { describe, expect, it } from 'vitest';
import { looksBinary } from '../../../../src/core/context/looksBinary.ts';

describe('the first bytes of a file', () => {
  it.each<readonly [string, readonly number[], boolean]>([
    ['of text', [0x61, 0x0a], false],
    ['of nothing', [], false],
    ['of UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, 0x61], false],
    ['of UTF-16, little end first', [0xff, 0xfe, 0x61, 0], false],
    ['of UTF-16, big end first', [0xfe, 0xff, 0, 0x61], false],
    ['of text in another encoding', [0xc7, 0xd1, 0xb1, 0xdb], false],
    ['of a picture', [0x89, 0x50, 0x4e, 0x47, 0, 0], true],
    ['of a program', [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0], true],
    ['with one NUL', [0x61, 0, 0x62], true],
    ['of UTF-16 without a mark', [0x61, 0, 0x62, 0], true],
  ])('%s', (_name, bytes, expected) => {
    expect(looksBinary(Uint8Array.from(bytes))).toBe(expected);
  });
});
