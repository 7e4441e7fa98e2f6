// Makes a picture of an editor a third of its size: 256 colours are enough for one, and the browser's pictures have no palette.
import { readFile, writeFile } from 'node:fs/promises';
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColors = 256;
/** Colours that are this close, in all three parts together, count as one once the most used ones are taken. */
const closeColors = 6;
const exactColors = 64;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB of each pixel. */
  readonly pixels: Uint32Array;
}

export async function shrinkPng(path: string): Promise<void> {
  await writeFile(path, encode(decode(await readFile(path))));
}

/** Eight bits a channel, with or without transparency, not interlaced: what a browser writes. */
function decode(file: Buffer): Picture {
  const data: Buffer[] = [];
  for (let at = signature.length; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const [width, height, channels] = [file.readUInt32BE(16), file.readUInt32BE(20), file[25] === 6 ? 4 : 3];
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const row = unfilter(raw.subarray(y * (stride + 1), (y + 1) * (stride + 1)), above, channels);
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = ((row[x * channels] ?? 0) << 16) | ((row[x * channels + 1] ?? 0) << 8) | (row[x * channels + 2] ?? 0);
    above = row;
  }
  return { width, height, pixels };
}

/** https://www.w3.org/TR/png-3/#9Filters */
function unfilter(line: Uint8Array, above: Uint8Array, channels: number): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(line.length - 1);
  for (let at = 0; at < row.length; at += 1) {
    const left = row[at - channels] ?? 0;
    const up = above[at] ?? 0;
    const corner = at < channels ? 0 : (above[at - channels] ?? 0);
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][line[0] ?? 0] ?? 0;
    row[at] = (line[at + 1] ?? 0) + predicted;
  }
  return row;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function encode({ width, height, pixels }: Picture): Buffer {
  const { palette, indexOf } = choosePalette(pixels);
  const lines = Buffer.alloc((width + 1) * height);
  pixels.forEach((color, at) => lines.writeUInt8(indexOf.get(color) ?? 0, Math.floor(at / width) * (width + 1) + 1 + (at % width)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits an index, a palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flatMap(channelsOf))), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function choosePalette(pixels: Uint32Array): { readonly palette: readonly number[]; readonly indexOf: ReadonlyMap<number, number> } {
  const counts = new Map<number, number>();
  for (const color of pixels) counts.set(color, (counts.get(color) ?? 0) + 1);
  const colors = [...counts].sort((a, b) => b[1] - a[1]).map(([color]) => color);
  const palette: number[] = [];
  for (const color of colors) {
    if (palette.length < exactColors || (palette.length < mostColors && palette.every((taken) => distance(taken, color) > closeColors))) palette.push(color);
  }
  const nearest = (color: number): number => palette.reduce((best, taken, index) => (distance(taken, color) < distance(palette[best] ?? 0, color) ? index : best), 0);
  return { palette, indexOf: new Map(colors.map((color) => [color, nearest(color)])) };
}

function distance(one: number, other: number): number {
  const [a, b] = [channelsOf(one), channelsOf(other)];
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0);
}

function channelsOf(color: number): readonly number[] {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
