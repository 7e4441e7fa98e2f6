// Pasted and dropped images: made small enough for a request, then handed to the host as base64.
import type { ViewMessage } from '../../shared/protocol.ts';
import type { View } from '../view.ts';

type ImageMessage = ViewMessage & { readonly type: 'paste-image' };
type ImageProblem = 'imageTooLarge' | 'imageUnreadable';

/** Models scale larger images down to this edge themselves: more pixels cost tokens and show nothing more. */
const maxEdgePx = 1_568;
/** What models take of one image, and the protocol lets through. */
const maxBase64 = 5_242_880;
/** Of the picture in the chip, which is drawn with half as many. */
const thumbnailEdgePx = 64;

/** Makes an image ready for the next message, or says why not. */
export async function sendImage({ port, state, words }: View, file: Blob, name = ''): Promise<void> {
  const message = await readImage(file, name);
  if (typeof message !== 'string') port.post(message);
  else state.notice.value = words.text(message);
}

async function readImage(file: Blob, name: string): Promise<ImageMessage | ImageProblem> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return 'imageUnreadable';
  try {
    const small = await shrink(file, bitmap);
    const [data, thumbnail] = await Promise.all([toBase64(small), draw(bitmap, thumbnailEdgePx, 'image/webp').then(toDataUrl)]);
    const mediaType = toMediaType(small.type);
    if (mediaType === undefined) return 'imageUnreadable';
    return data.length > maxBase64 ? 'imageTooLarge' : { type: 'paste-image', mediaType, data, thumbnail, ...(name === '' ? {} : { name: name.slice(0, 300) }) };
  } finally {
    bitmap.close();
  }
}

/** A small image keeps its bytes; a large one, or one of another format, becomes a PNG or JPEG of the largest useful size. */
async function shrink(file: Blob, bitmap: ImageBitmap): Promise<Blob> {
  const mostBytes = (maxBase64 / 4) * 3;
  const isSmall = Math.max(bitmap.width, bitmap.height) <= maxEdgePx && file.size <= mostBytes;
  if (isSmall && toMediaType(file.type) !== undefined) return file;
  const drawn = await draw(bitmap, maxEdgePx, file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png');
  return drawn.size <= mostBytes ? drawn : draw(bitmap, maxEdgePx, 'image/jpeg');
}

function draw(bitmap: ImageBitmap, edgePx: number, type: string): Promise<Blob> {
  const scale = Math.min(1, edgePx / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type });
}

function toMediaType(type: string): ImageMessage['mediaType'] | undefined {
  switch (type) {
    case 'image/png':
    case 'image/jpeg':
    case 'image/gif':
    case 'image/webp':
      return type;
    default:
      return undefined;
  }
}

async function toBase64(blob: Blob): Promise<string> {
  const url = await toDataUrl(blob);
  return url.slice(url.indexOf(',') + 1);
}

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The image cannot be read')));
    reader.readAsDataURL(blob);
  });
}
