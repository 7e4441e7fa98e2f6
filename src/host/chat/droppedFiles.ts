// What was dropped into the chat: files and folders of the workspace become context, image files become images. What is not taken is
// named, with the reason.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import { refusalText } from '../../core/chat/contextChip.ts';
import { checkImage, imageTypeOf, longestImage, type AddedImage, type ImageRefusal } from '../../core/chat/imageCheck.ts';
import { formatReference } from '../../core/context/contextReference.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import type { Translate } from '../../core/translate.ts';
import type { HostMessage } from '../../shared/protocol.ts';

export interface DroppedFiles {
  /** `answer` reaches the view that they were dropped into. */
  dropFiles(uris: readonly string[], answer: Answer): Promise<void>;
  addImage(image: AddedImage, answer: Answer): void;
}

type Answer = (message: HostMessage) => void;

export interface DroppedFileDependencies {
  readonly desk: ChatDesk;
  readonly source: ContextSource;
  readonly translate: Translate;
}

/** The view makes large images small; beyond this a file is no picture for a chat. */
const longestImageFile = 30_000_000;

export function createDroppedFiles(dependencies: DroppedFileDependencies): DroppedFiles {
  const { desk, translate } = dependencies;
  return {
    dropFiles: async (uris, answer) => {
      const problems: string[] = [];
      for (const uri of new Set(uris.map(toHostUri))) {
        const problem = await dropFile(uri, answer, dependencies);
        if (problem !== undefined) problems.push(problem);
      }
      if (problems.length > 0) answer({ type: 'notice', text: problems.slice(0, mostNamed).join('\n') });
    },
    addImage: (image, answer) => {
      const refusal = desk.current.attachments.addImage(image);
      if (refusal !== undefined) answer({ type: 'notice', text: imageRefusalText(refusal, translate) });
    },
  };
}

/** More would fill the panel. */
const mostNamed = 5;

/** In a remote window the editor's tree names files from outside; this code runs beside them. The gate judges the path either way. */
function toHostUri(text: string): string {
  return text.startsWith('vscode-remote://') ? vscode.Uri.parse(text).with({ scheme: 'file', authority: '' }).toString() : text;
}

/** Why it was not taken. */
async function dropFile(text: string, answer: Answer, { desk, source, translate }: DroppedFileDependencies): Promise<string | undefined> {
  const reference = await source.referenceOf(text);
  if (reference === undefined || (reference.kind !== 'file' && reference.kind !== 'folder')) return named(text, refusalText('not-found', translate));
  const { attachments } = desk.current;
  const item = await attachments.add(formatReference(reference));
  if (item?.refused === undefined) return undefined;
  attachments.remove(item.id);
  const mediaType = imageTypeOf(vscode.Uri.parse(reference.uri, true).path);
  // The gate looks at the names first: these two say that nothing but the content stood against it.
  const isImage = mediaType !== undefined && (item.refused === 'binary' || item.refused === 'too-large');
  if (!isImage) return named(reference.uri, refusalText(item.refused, translate));
  return await readImage(reference.uri, mediaType, answer, translate);
}

async function readImage(text: string, mediaType: string, answer: Answer, translate: Translate): Promise<string | undefined> {
  const uri = vscode.Uri.parse(text, true);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > longestImageFile) return named(text, refusalText('too-large', translate));
  const data = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('base64');
  if (checkImage({ mediaType, data: data.slice(0, longestImage) }, []) !== undefined) return named(text, imageRefusalText('not-an-image', translate));
  answer({ type: 'prepare-image', mediaType, data, name: nameOf(text) });
  return undefined;
}

function named(uri: string, reason: string): string {
  return `${nameOf(uri)}: ${reason}`;
}

function nameOf(text: string): string {
  const path = vscode.Uri.parse(text).path.replace(/\/$/, '');
  return path.slice(path.lastIndexOf('/') + 1).slice(0, 200);
}

function imageRefusalText(refusal: ImageRefusal, translate: Translate): string {
  switch (refusal) {
    case 'not-an-image': return translate('Not sent: it is not an image that a model can read.');
    case 'too-large': return translate('Not sent: it is too large.');
    case 'too-many': return translate('Not sent: a message takes 20 images.');
    case 'too-large-together': return translate('Not sent: the images of this message are too large together.');
  }
}
