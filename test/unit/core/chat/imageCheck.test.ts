import { describe, expect, it } from 'vitest';
import { checkImage, imageTypeOf, longestImage } from '../../../../src/core/chat/imageCheck.ts';
import { onePixel } from '../../../helpers/images.ts';

const types = { png: 'image/png', gif: 'image/gif', webp: 'image/webp', jpeg: 'image/jpeg' } as const;

describe('an image', () => {
  it.each(Object.entries(types))('of kind %s is taken as what it is', (kind, mediaType) => {
    // The keys of both tables are the same.
    expect(checkImage({ mediaType, data: onePixel[kind as keyof typeof types] }, [])).toBeUndefined();
  });

  it('is not taken as anything else', () => {
    for (const [kind, data] of Object.entries(onePixel)) {
      for (const [other, mediaType] of Object.entries(types)) {
        if (kind !== other) expect(checkImage({ mediaType, data }, [])).toBe('not-an-image');
      }
    }
  });

  it.each([
    ['nothing', ''], ['a few letters', 'iVBOR'], ['no base64', '<svg onload=alert(1)>..'], ['base64 of text', btoa('just some plain text')], ['an SVG', btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['RIFF of another kind', btoa('RIFF\u0001\u0002\u0003\u0004WAVEfmt ')],
  ])('%s is none', (_name, data) => {
    for (const mediaType of [...Object.values(types), 'image/svg+xml']) expect(checkImage({ mediaType, data }, [])).toBe('not-an-image');
  });

  const padded = (length: number): string => onePixel.png.slice(0, 80).padEnd(length, 'A');

  it('may be as long as a model takes, and no longer', () => {
    expect(checkImage({ mediaType: 'image/png', data: padded(longestImage) }, [])).toBeUndefined();
    expect(checkImage({ mediaType: 'image/png', data: padded(longestImage + 4) }, [])).toBe('too-large');
  });

  it('has at most 19 others beside it, and not more than a request carries', () => {
    const image = { mediaType: 'image/png', data: onePixel.png };
    expect(checkImage(image, Array.from({ length: 19 }, () => image))).toBeUndefined();
    expect(checkImage(image, Array.from({ length: 20 }, () => image))).toBe('too-many');
    expect(checkImage(image, Array.from({ length: 4 }, () => ({ data: padded(longestImage) })))).toBe('too-large-together');
  });
});

describe('the type of an image file', () => {
  it.each([['a.png', 'image/png'], ['/b/C.JPG', 'image/jpeg'], ['d.jpeg', 'image/jpeg'], ['e.gif', 'image/gif'], ['f.webp', 'image/webp'], ['g.svg', undefined], ['png', undefined], ['h.png.txt', undefined]])('of %s is %s', (path, type) => {
    expect(imageTypeOf(path)).toBe(type);
  });
});
