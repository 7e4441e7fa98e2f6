// One answer from the local RunAPI through the extension host into the chat view of the real VS Code, and what it costs there.
import type { Frame } from 'playwright-core';
import { countTokens, deltas } from '../../gateway/tokenCount.ts';
import type { RequestRecord } from '../../gateway/requestRecord.ts';
import { newChat } from '../../editor/chatPage.ts';
import type { Editor } from '../../editor/editor.ts';
import { measureMainThread, type MainThreadCost } from './mainThread.ts';

export interface EditorStreamOptions {
  readonly text: string;
  /** Characters in a delta. */
  readonly chunking: number;
  /** Absent: as fast as the socket takes it. */
  readonly takesMs?: number;
}

export interface EditorStream extends MainThreadCost {
  /** From the last write of the gateway, or from the moment when it is due, to the paint of the whole answer. */
  readonly lateMs: number;
  /** Of that, what the gateway itself was late: its timers on a busy machine, or a full socket. */
  readonly gatewayLateMs: number;
  /** From the first write of the gateway to that paint. */
  readonly durationMs: number;
  /** Times when the gateway found its socket full. */
  readonly drainWaits: number;
  /** Messages with text that the view got: how well the host joins what the model sends. */
  readonly viewDeltas: number;
  /** The extension host at its largest, over what it was before. */
  readonly hostGrowthMb: number;
}

const question = 'Stream the measured answer';
const ending = 'These are the last words of the measured answer.';
const memoryPollMs = 200;

export async function streamInEditor(editor: Editor, options: EditorStreamOptions): Promise<EditorStream> {
  const chat = await newChat(editor);
  const frame = await chat.frame();
  const text = `${options.text}\n\n${ending}`;
  editor.gateway.script({ text, chunking: options.chunking, ...paceOf(text, options) }, { contains: question });
  const memory = await watchHostMemory(editor);
  const { result, totalMs, worstTaskMs } = await measureInFrame(editor, frame, async () => {
    const asked = expectQuestion(editor);
    const painted = frame.evaluate(paintOfEnding, ending);
    await chat.ask(question);
    const { record, startedAt } = await asked;
    return { record, startedAt, ...(await painted) };
  });
  return { totalMs, worstTaskMs, ...timesOf(result, options), drainWaits: result.record.drainWaits, viewDeltas: result.viewDeltas, hostGrowthMb: await memory.stop() };
}

/** What the thread of the chat view does anyway: the workbench lives on it too. */
export async function measureIdleEditor(editor: Editor, durationMs: number): Promise<MainThreadCost> {
  const chat = await newChat(editor);
  return measureInFrame(editor, await chat.frame(), () => editor.page.waitForTimeout(durationMs));
}

function measureInFrame<Result>(editor: Editor, frame: Frame, work: () => Promise<Result>): Promise<MainThreadCost & { readonly result: Result }> {
  const browser = editor.page.context().browser();
  if (browser === null) throw new Error('The page of the editor has no browser');
  return measureMainThread(browser, editor.page, work, frame);
}

/** The pace that makes this text take its time, whatever the gateway counts as tokens. */
function paceOf(text: string, { chunking, takesMs }: EditorStreamOptions): { readonly tokensPerSecond?: number } {
  if (takesMs === undefined) return {};
  const tokens = [...deltas(text, chunking)].reduce((sum, piece) => sum + countTokens(piece), 0);
  return { tokensPerSecond: (tokens * 1_000) / takesMs };
}

interface Asked {
  readonly record: RequestRecord;
  /** The start of the gateway's own clock, as Date.now() counts. */
  readonly startedAt: number;
}

async function expectQuestion({ gateway }: Editor): Promise<Asked> {
  let startedAt = 0;
  const record = await gateway.nextRequest((candidate) => {
    // GET has no body.
    const body = JSON.stringify(candidate.body) ?? '';
    startedAt = Date.now() - candidate.atMs;
    return body.includes(question) && !body.includes('Task: title');
  });
  return { record, startedAt };
}

function timesOf({ record, startedAt, paintedAt }: Asked & { readonly paintedAt: number }, { takesMs }: EditorStreamOptions): Pick<EditorStream, 'lateMs' | 'gatewayLateMs' | 'durationMs'> {
  const first = record.writes[0];
  const last = record.writes.at(-1);
  if (first === undefined || last === undefined) throw new Error('The gateway wrote nothing');
  const dueMs = takesMs === undefined ? last.atMs : first.atMs + takesMs;
  return { lateMs: paintedAt - startedAt - dueMs, gatewayLateMs: last.atMs - dueMs, durationMs: paintedAt - startedAt - first.atMs };
}

/** Runs in the view. Looks only when an answer stops being busy, so that watching costs nothing while it streams. */
function paintOfEnding(words: string): Promise<{ readonly paintedAt: number; readonly viewDeltas: number }> {
  return new Promise((resolve) => {
    let viewDeltas = 0;
    window.addEventListener('message', ({ data }: MessageEvent<{ readonly type?: unknown } | undefined>) => {
      if (data?.type === 'message-delta') viewDeltas += 1;
    });
    const isDrawn = (): boolean => [...document.querySelectorAll('article.answer[aria-busy="false"] .body')].at(-1)?.lastElementChild?.textContent.includes(words) === true;
    const look = (): void => {
      if (!isDrawn()) return void requestAnimationFrame(look);
      const afterPaint = new MessageChannel();
      afterPaint.port1.addEventListener('message', () => resolve({ paintedAt: Date.now(), viewDeltas }));
      afterPaint.port1.start();
      afterPaint.port2.postMessage(undefined);
    };
    const observer = new MutationObserver(() => {
      if (document.querySelector('article.answer[aria-busy="false"]') === null) return;
      observer.disconnect();
      requestAnimationFrame(look);
    });
    observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-busy'] });
  });
}

async function watchHostMemory({ host }: Editor): Promise<{ stop(): Promise<number> }> {
  const read = (): Promise<number> => host.evaluate(() => process.memoryUsage().rss / 1_000_000);
  const before = await read();
  let most = before;
  const over = new AbortController();
  const polling = (async () => {
    while (!over.signal.aborted) {
      most = Math.max(most, await read());
      await new Promise((resolve) => setTimeout(resolve, memoryPollMs));
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await polling;
      return Math.max(most, await read()) - before;
    },
  };
}
