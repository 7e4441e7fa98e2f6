// What is pasted or dropped into the composer: images and files go to the host, text stays with the browser.
import { sendImage } from './images.ts';
import { imagesOf, urisOf } from './transfer.ts';
import type { View } from '../view.ts';

export function takeTransfer(view: View, transfer: DataTransfer | null, event: Event): void {
  const images = imagesOf(transfer);
  const uris = images.length > 0 || event.type === 'paste' ? [] : urisOf(transfer);
  if (images.length === 0 && uris.length === 0) return;
  event.preventDefault();
  if (uris.length > 0) view.port.post({ type: 'drop-files', uris: [...uris] });
  // A pasted picture has a name that the browser made up.
  for (const image of images) void sendImage(view, image, event.type === 'paste' ? '' : image.name);
}
