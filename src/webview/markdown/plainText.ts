// Text that is not parsed, in small pieces that are grouped, so that the browser lays out only what is seen of it.
import { appendMarked } from './codeText.ts';

/** About the length of a screen of text; keeps each node's layout small. */
const plainChunkCharacters = 2_000;
const chunksPerGroup = 30;

export interface PlainText {
  readonly element: HTMLElement;
  append(text: string): void;
}

export function createPlainText(): PlainText {
  const element = document.createElement('div');
  element.className = 'plain';
  let group: HTMLElement | undefined;
  return {
    element,
    append: (text) => {
      for (let at = 0; at < text.length; at += plainChunkCharacters) {
        const chunk = document.createElement('span');
        chunk.className = 'plain-chunk';
        appendMarked(chunk, text.slice(at, at + plainChunkCharacters));
        if (group === undefined || group.childElementCount >= chunksPerGroup) {
          group = document.createElement('div');
          group.className = 'plain-group';
          element.append(group);
        }
        group.append(chunk);
      }
    },
  };
}
