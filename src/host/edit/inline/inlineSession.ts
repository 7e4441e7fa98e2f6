// One inline edit in the buffer of its document: while the answer streams the buffer shows it line by line, at a complete end it waits for
// the user. At any moment the buffer can be given back as it would be without the edit.
import type * as vscode from 'vscode';
import type { LineChange } from '../../../core/edit/hunks.ts';
import { linesToCome } from '../../../core/edit/linesToCome.ts';
import { toLines } from '../../../core/edit/lineText.ts';
import type { FileChange, Hunk } from '../../../core/edit/proposal.ts';
import { dropHunk, giveBack, keepHunk, showProposed, type ShownEdit, type ShownStep } from '../../../core/edit/shownEdit.ts';
import type { PreviewStep } from '../../../core/edit/streamPreview.ts';
import { createTurns } from '../turns.ts';
import { lineEndOf, markSaved } from './inlineBuffer.ts';
import { createInlineText, type InlineText } from './inlineText.ts';

/** Why a stream ended before its answer did. */
export type StopReason = 'typed' | 'saved' | 'moved';

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface InlineView {
  readonly id: string;
  readonly document: vscode.TextDocument;
  readonly state: 'streaming' | 'pending' | 'closed';
  readonly shown: ShownEdit;
  /** Lines that are about to give way. */
  readonly coming: LineRange;
}

export interface InlineSession {
  view(): InlineView;
  /** The document's text without this edit. */
  baseText(): string;
  /** The answer so far, made for the text that was sent. */
  show(step: PreviewStep): Promise<void>;
  /** The whole answer, made for `original`; false when it does not fit what was typed since. */
  land(change: Pick<FileChange, 'original' | 'proposed'>): Promise<boolean>;
  /** Ends it, the buffer as it would be without the edit. */
  discard(): Promise<void>;
  /** Ends it, the edit stays in the buffer. */
  keep(): void;
  keepHunk(hunk: Hunk): void;
  dropHunk(hunk: Hunk): Promise<void>;
  /** The document changed: by us or by a person. */
  follow(event: vscode.TextDocumentChangeEvent): void;
  /** What a save or a move that begins now has to wait for: no part of an answer goes along. */
  giveWayTo(reason: StopReason): Promise<void>;
}

export interface InlineSessionOptions {
  readonly id: string;
  readonly document: vscode.TextDocument;
  /** The text that was sent, which is the present one unless an answer is refined. */
  readonly sentText: string;
  readonly selected: LineRange;
  /** Whether the buffer may show a part of the answer: not where it would be saved by itself. */
  readonly showsParts: boolean;
  /** Before the buffer is made to hold this text. */
  readonly beforeShow: (text: string) => Promise<void>;
  readonly onChange: () => void;
  readonly onStop: (reason: StopReason) => void;
}

interface Live extends InlineSessionOptions {
  readonly text: InlineText;
  readonly sent: readonly string[];
  readonly wasSaved: boolean;
  state: InlineView['state'];
  coming: LineRange;
  /** Lines of the answer are in the buffer. */
  hasShown: boolean;
  /** Since the stream began somebody else changed the document too. */
  isMixed: boolean;
}

export function createInlineSession(options: InlineSessionOptions): InlineSession {
  const { id, document, sentText, selected } = options;
  const text = createInlineText(document);
  const sent = sentText === document.getText() ? text.current().base : sentText.split(lineEndOf(document));
  const live: Live = { ...options, text, sent, wasSaved: !document.isDirty && !document.isUntitled, state: 'streaming', coming: selected, hasShown: false, isMixed: false };
  const inTurn = createTurns();
  return {
    view: () => ({ id, document, state: live.state, shown: text.current(), coming: live.state === 'streaming' ? live.coming : { start: 0, end: 0 } }),
    baseText: () => text.toText(text.current().base),
    show: (step) => inTurn(() => show(live, step)),
    land: (change) => inTurn(() => land(live, change)),
    discard: () => inTurn(() => discard(live, live.wasSaved)),
    keep: () => setState(live, 'closed'),
    keepHunk(hunk) {
      text.set(keepHunk(text.current(), hunk));
      settleHunk(live);
    },
    dropHunk: (hunk) => inTurn(async () => {
      await text.write(() => (text.current().hunks.includes(hunk) ? dropHunk(text.current(), hunk) : undefined), { before: true, after: true, force: true });
      settleHunk(live);
    }),
    follow: (event) => follow(live, event),
    async giveWayTo(reason) {
      if (live.state !== 'streaming') return;
      live.onStop(reason);
      await inTurn(() => discard(live, false));
    },
  };
}

async function show(live: Live, step: PreviewStep): Promise<void> {
  const { text, sent } = live;
  if (live.state !== 'streaming' || !live.showsParts) return;
  const proposed = toLines(step.text);
  const next = showProposed(text.current(), sent, proposed);
  if (next === undefined) return;
  if (next.changes.length > 0) {
    await live.beforeShow(text.toText(next.state.shown));
    if (live.state !== 'streaming' || !(await text.write(() => showProposed(text.current(), sent, proposed), { before: !live.hasShown, after: false, force: false }))) return;
    live.hasShown = true;
  }
  const coming = linesToCome({ sent, proposed, step, state: text.current() });
  // Before the first place is found the selected lines stay those that are about to give way.
  if (coming.end > coming.start || text.current().hunks.length > 0) live.coming = coming;
  live.onChange();
}

async function land(live: Live, { original, proposed }: Pick<FileChange, 'original' | 'proposed'>): Promise<boolean> {
  const { text } = live;
  if (live.state !== 'streaming') return false;
  const [from, to] = [toLines(original), toLines(proposed)];
  const next = (): ShownStep | undefined => showProposed(text.current(), from, to);
  const first = next();
  if (first === undefined) return false;
  await live.beforeShow(text.toText(first.state.shown));
  // The editor's undo would take parts of the answer apart with what was typed between them: it is put in once more, as one step.
  const again = live.isMixed && live.hasShown;
  if (again) await text.write(() => giveBack(text.current()), { before: true, after: true, force: true });
  const done = await text.write(next, { before: again || !live.hasShown, after: true, force: true });
  if (done) setState(live, 'pending');
  return done;
}

async function discard(live: Live, marksSaved: boolean): Promise<void> {
  if (live.state === 'closed') return;
  const before = live.state === 'pending' || live.isMixed;
  live.state = 'closed';
  const { text } = live;
  if (text.current().hunks.length > 0) {
    await text.write(() => giveBack(text.current()), { before, after: true, force: true });
    if (marksSaved) await markSaved(live.document);
  }
  live.onChange();
}

function follow(live: Live, event: vscode.TextDocumentChangeEvent): void {
  if (event.contentChanges.length === 0) return;
  const region = regionOf(live.text.current(), live.state === 'streaming' ? live.coming : undefined);
  const followed = live.text.follow(event);
  if (followed === undefined || live.state === 'closed') return;
  live.isMixed = true;
  const isInside = followed.isInside || followed.touched.some((each) => each.baseStart < region.end && each.baseEnd > region.start);
  for (const each of followed.touched) live.coming = moved(live.coming, each);
  if (live.state === 'streaming' && isInside) live.onStop('typed');
  else if (live.state === 'pending' && live.text.current().hunks.length === 0) setState(live, 'closed');
  else live.onChange();
}

function setState(live: Live, state: InlineView['state']): void {
  live.state = state;
  live.onChange();
}

function settleHunk(live: Live): void {
  setState(live, live.text.current().hunks.length === 0 ? 'closed' : live.state);
}

function moved(range: LineRange, { baseStart, baseEnd, newLines }: LineChange): LineRange {
  const shift = newLines.length - (baseEnd - baseStart);
  return baseEnd <= range.start ? { start: range.start + shift, end: range.end + shift } : range;
}

/** The lines that belong to the edit: what it changed and what is about to give way. */
export function regionOf({ hunks }: ShownEdit, coming: LineRange | undefined): LineRange {
  const ranges = hunks.map((hunk) => ({ start: hunk.newStart, end: hunk.newStart + hunk.newLines.length }));
  if (coming !== undefined && (coming.end > coming.start || ranges.length === 0)) ranges.push(coming);
  return ranges.length === 0 ? { start: 0, end: 0 } : { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}
