// Pasted and dropped images: made small enough for a request, then handed to the host as base64.
import type { ViewMessage } from '../../shared/protocol.ts';

type ImageMessage = ViewMessage & { readonly type: 'paste-image' };
export type ImageProblem = 'imageTooLarge' | 'imageUnreadable';

/** Models scale larger images down to this edge themselves: more pixels cost tokens and show nothing more. */
const maxEdgePx = 1_568;
/** The protocol's limit on one image. */
const maxBase64 = 8_000_000;

export async function readImage(file: Blob): Promise<ImageMessage | ImageProblem> {
  const small = await shrink(file).catch(() => undefined);
  if (small === undefined) return 'imageUnreadable';
  const data = await toBase64(small);
  const mediaType = toMediaType(small.type);
  if (mediaType === undefined) return 'imageUnreadable';
  return data.length > maxBase64 ? 'imageTooLarge' : { type: 'paste-image', mediaType, data };
}

/** A small image keeps its bytes; a large one, or one of another format, becomes a PNG or JPEG of the largest useful size. */
async function shrink(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, maxEdgePx / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && toMediaType(file.type) !== undefined) return file;
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.convertToBlob({ type: file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png' });
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

function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(typeof reader.result === 'string' ? reader.result.slice(reader.result.indexOf(',') + 1) : ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The image cannot be read')));
    reader.readAsDataURL(blob);
  });
}
