// Images as they come from the view or a file: what a model takes, and nothing that only says it is an image.

/** One that waits for the next message. */
export interface AddedImage {
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
  /** Of the file that it came from. */
  readonly name?: string;
  /** A data URL of a small picture of it. */
  readonly thumbnail?: string;
}

export type ImageRefusal = 'not-an-image' | 'too-large' | 'too-many' | 'too-large-together';

/** What models take of one image, as base64. */
export const longestImage = 5_242_880;
/** A request may have 32 MB; text and older images need some of it. */
const longestTogether = 20_000_000;
const mostImages = 20;

/** Undefined when it may be added to those that wait already. */
export function checkImage({ mediaType, data }: AddedImage, waiting: readonly { readonly data: string }[]): ImageRefusal | undefined {
  if (data.length > longestImage) return 'too-large';
  if (!startsAs(mediaType, data)) return 'not-an-image';
  if (waiting.length >= mostImages) return 'too-many';
  return waiting.reduce((sum, image) => sum + image.data.length, data.length) > longestTogether ? 'too-large-together' : undefined;
}

/** The type of an image by the ending of its file; undefined for what models do not take. */
export function imageTypeOf(path: string): string | undefined {
  switch (/\.(png|jpe?g|gif|webp)$/i.exec(path)?.[1]?.toLowerCase()) {
    case 'png': return 'image/png';
    case 'jpg':
    case 'jpeg': return 'image/jpeg';
    case 'gif': return 'image/gif';
    case 'webp': return 'image/webp';
    default: return undefined;
  }
}

/** How a file of this type ends; undefined for what is no image here, whatever an imported file says. */
export function imageEndingOf(mediaType: string | undefined): string | undefined {
  return /^image\/(png|jpeg|gif|webp)$/.exec(mediaType ?? '')?.[1];
}

function startsAs(mediaType: string, data: string): boolean {
  const start = firstBytes(data);
  switch (mediaType) {
    case 'image/png': return start.startsWith('\u0089PNG\r\n\u001a\n');
    case 'image/jpeg': return start.startsWith('\u00ff\u00d8\u00ff');
    case 'image/gif': return /^GIF8[79]a/.test(start);
    case 'image/webp': return /^RIFF[^]{4}WEBP/.test(start);
    default: return false;
  }
}

/** Twelve of them, each a character; empty where the text is no base64. */
function firstBytes(data: string): string {
  const head = data.slice(0, 16);
  return head.length === 16 && /^[A-Za-z0-9+/]+$/.test(head) ? atob(head) : '';
}
