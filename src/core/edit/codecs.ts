// Text to bytes and back in the encodings that an editor meets. Decoding is the platform's; for encoding the platform knows UTF-8 only,
// so the table of a legacy encoding is made by decoding every byte pair once.

export interface Codec {
  /** Bytes that are no text of the encoding come out as U+FFFD. */
  decode(bytes: Uint8Array): string;
  /** Undefined when the encoding has no bytes for a character. */
  encode(text: string): Uint8Array | undefined;
  /** Bytes of one unit: line ends are looked for in whole units. */
  readonly unitBytes: 1 | 2;
  readonly bigEndian: boolean;
}

/** `name` as VS Code calls it (utf8bom, shiftjis, windows1252). Undefined: not an encoding whose bytes this module can keep. */
export function createCodec(name: string): Codec | undefined {
  const known = codecs.get(name);
  if (known !== undefined) return known;
  const codec = makeCodec(name);
  if (codec !== undefined) codecs.set(name, codec);
  return codec;
}

/** The bytes that open a file in this encoding when it has a mark. */
export function byteOrderMark(name: string): Uint8Array {
  if (name === 'utf8' || name === 'utf8bom') return new Uint8Array([0xef, 0xbb, 0xbf]);
  if (name === 'utf16le') return new Uint8Array([0xff, 0xfe]);
  return name === 'utf16be' ? new Uint8Array([0xfe, 0xff]) : new Uint8Array();
}

/** Tables cost about 10 ms to make and never change. */
const codecs = new Map<string, Codec>();

function makeCodec(name: string): Codec | undefined {
  switch (name) {
    case 'utf8':
    case 'utf8bom':
      return { ...decoding('utf-8'), encode: (text) => (text.isWellFormed() ? new TextEncoder().encode(text) : undefined) };
    case 'utf16le':
      return { ...decoding('utf-16le'), encode: (text) => encodeUtf16(text, false), unitBytes: 2 };
    case 'utf16be':
      return { ...decoding('utf-16be'), encode: (text) => encodeUtf16(text, true), unitBytes: 2, bigEndian: true };
    default: {
      const label = labels.get(name);
      return label === undefined ? undefined : tableCodec(label);
    }
  }
}

/** VS Code's names that the Encoding Standard knows under another one. Encodings with states or shifts are left out. */
const labels: ReadonlyMap<string, string> = new Map([
  ['windows1250', 'windows-1250'], ['windows1251', 'windows-1251'], ['windows1252', 'windows-1252'], ['windows1253', 'windows-1253'],
  ['windows1254', 'windows-1254'], ['windows1255', 'windows-1255'], ['windows1256', 'windows-1256'], ['windows1257', 'windows-1257'],
  ['windows1258', 'windows-1258'], ['windows874', 'windows-874'], ['iso88592', 'iso-8859-2'], ['iso88593', 'iso-8859-3'], ['iso88594', 'iso-8859-4'],
  ['iso88595', 'iso-8859-5'], ['iso88596', 'iso-8859-6'], ['iso88597', 'iso-8859-7'], ['iso88598', 'iso-8859-8'], ['iso885910', 'iso-8859-10'],
  ['iso885913', 'iso-8859-13'], ['iso885914', 'iso-8859-14'], ['iso885915', 'iso-8859-15'], ['iso885916', 'iso-8859-16'], ['koi8r', 'koi8-r'],
  ['koi8u', 'koi8-u'], ['macroman', 'macintosh'], ['cp866', 'ibm866'], ['gbk', 'gbk'], ['gb2312', 'gbk'], ['big5hkscs', 'big5'],
  ['shiftjis', 'shift_jis'], ['eucjp', 'euc-jp'], ['euckr', 'euc-kr'],
]);

function decoding(label: string): Omit<Codec, 'encode'> {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return { decode: (bytes) => decoder.decode(bytes), unitBytes: 1, bigEndian: false };
}

function encodeUtf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), !bigEndian);
  return bytes;
}

function tableCodec(label: string): Codec | undefined {
  const base = decoding(label);
  const table = encodingTable(base.decode);
  return {
    ...base,
    encode(text) {
      const bytes: number[] = [];
      for (const character of text) {
        const code = table.get(character);
        if (code === undefined) return undefined;
        if (code > 0xff) bytes.push(code >> 8);
        bytes.push(code & 0xff);
      }
      return new Uint8Array(bytes);
    },
  };
}

function encodingTable(decode: (bytes: Uint8Array) => string): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  const add = (code: number, bytes: Uint8Array): void => {
    const text = decode(bytes);
    if (text.includes('\uFFFD') || String.fromCodePoint(text.codePointAt(0) ?? 0) !== text || table.has(text)) return;
    table.set(text, code);
  };
  for (let byte = 0; byte <= 0xff; byte++) add(byte, new Uint8Array([byte]));
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) add((lead << 8) | trail, new Uint8Array([lead, trail]));
  }
  return table;
}
