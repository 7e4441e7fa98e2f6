// The growing and the finished texts that are on the screen: connects messages of the transcript with their drawing.
import { createMessageBody, type MessageBody } from '../markdown/messageBody.ts';
import type { CodeColoring } from '../markdown/codeColoring.ts';
import type { Scrollables } from '../markdown/scrollables.ts';
import type { MarkdownParser } from '../markdown/parser.ts';
import type { Painter } from '../painter.ts';
import type { Entry } from '../state/entry.ts';
import type { Words } from '../words.ts';

export interface Bodies {
  /** Draws the text into the element; the result ends it. */
  readonly attach: (entry: Entry, part: 'text' | 'thinking', target: DrawTarget) => () => void;
  readonly grow: (entry: Entry, part: 'text' | 'thinking', text: string) => void;
  /** The message has ended, or goes on. */
  readonly settle: (entry: Entry) => void;
}

export interface DrawTarget {
  readonly element: HTMLElement;
  /** Distance from what is read now, in messages. */
  readonly priority: number;
  readonly onDrawn: () => void;
}

export interface BodiesOptions {
  readonly painter: Painter;
  readonly parser: MarkdownParser;
  readonly coloring: CodeColoring;
  readonly scrollables: Scrollables;
  readonly words: Words;
  readonly now: () => number;
}

/** About eight lines: a stream that brings this much between two drawings is drawn in every frame. */
const urgentCharacters = 400;

interface Attached {
  readonly body: MessageBody;
  readonly work: (deadline: number) => boolean;
  readonly priority: number;
  finished: boolean;
  /** Characters that came since the last drawing. */
  pending: number;
}

export function createBodies(options: BodiesOptions): Bodies {
  const { painter, parser, coloring, scrollables, words, now } = options;
  const attached = new Map<string, Attached>();

  return { attach, grow, settle };

  function attach(entry: Entry, part: 'text' | 'thinking', target: DrawTarget): () => void {
    const streaming = entry.shown.peek().status === 'streaming';
    const body = createMessageBody(target.element, { parser, words, now, onCode: coloring.add, onScrollable: scrollables.add });
    const drawing: Attached = { body, work: (deadline) => work(deadline), priority: target.priority, finished: !streaming, pending: 0 };
    const key = keyOf(entry, part);
    attached.set(key, drawing);
    body.push(entry[part]);
    if (!streaming) body.finish();
    painter.schedule(drawing, target.priority);
    return () => {
      painter.remove(drawing);
      if (attached.get(key) === drawing) attached.delete(key);
    };

    function work(deadline: number): boolean {
      drawing.pending = 0;
      const done = body.work(deadline);
      if (done) target.onDrawn();
      return done;
    }
  }

  function grow(entry: Entry, part: 'text' | 'thinking', text: string): void {
    const drawing = attached.get(keyOf(entry, part));
    if (drawing === undefined) return;
    drawing.body.push(text);
    drawing.pending += text.length;
    painter.schedule(drawing, drawing.priority, drawing.pending >= urgentCharacters ? 'now' : 'soon');
  }

  function settle(entry: Entry): void {
    for (const part of ['text', 'thinking'] as const) {
      const drawing = attached.get(keyOf(entry, part));
      if (drawing === undefined || drawing.finished || entry.shown.peek().status === 'streaming') continue;
      drawing.finished = true;
      drawing.body.finish();
      painter.schedule(drawing, drawing.priority);
    }
  }
}

function keyOf(entry: Entry, part: 'text' | 'thinking'): string {
  return `${part} ${entry.id}`;
}
