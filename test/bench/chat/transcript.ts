// A transcript of 10,000 messages and 50 MB: time to open it, and what is seen while it is scrolled.
import type { ChatSnapshot } from '../../../src/shared/protocol.ts';
import { openView, type OpenView } from '../../helpers/viewHarness/openView.ts';
import { syntheticMessage } from '../../helpers/viewHarness/syntheticMessage.ts';
import { composer } from '../../helpers/viewHarness/viewStates.ts';
import type { Figure } from './figures.ts';
import type { ChatBench } from './main.ts';
import { measureMainThread } from './mainThread.ts';
import { median } from './median.ts';

const messages = 10_000;
/** Every other message is an answer: 5,000 of these are 50 MB. */
const answerCharacters = 10_000;
/** What the host sends first: its end of the transcript. */
const snapshotMessages = 40;

export async function measureTranscript(bench: ChatBench): Promise<readonly Figure[]> {
  const opening: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const view = await openLong(bench);
    opening.push(await timeToPaint(view));
    await view.close();
  }
  const view = await openLong(bench);
  const up = await measureMainThread(bench.browser, view.page, () => scroll(view, -240, 150));
  const fast = await measureMainThread(bench.browser, view.page, () => scroll(view, -1_200, 60));
  const jump = await jumpTo(view, 0.4);
  await view.close();
  return [
    { name: '10,000 messages, 50 MB: message from the host to first paint (median of 5)', value: median(opening), unit: 'ms', goal: 300 },
    { name: '… scrolled up by 36,000 px in 150 turns of the wheel: frames with a blank area', value: up.result.blank, unit: 'frames', goal: 0 },
    { name: '… the same: longest task', value: up.worstTaskMs, unit: 'ms' },
    { name: '… scrolled up by 72,000 px in 60 turns: frames with a blank area', value: fast.result.blank, unit: 'frames', goal: 0 },
    { name: '… the same: frames that show the outline of a message being loaded', value: fast.result.outline, unit: 'frames' },
    { name: '… the scroll bar drawn to the middle: until messages stand there', value: jump, unit: 'ms', goal: 300 },
  ];
}

async function openLong(bench: ChatBench): Promise<OpenView> {
  const from = messages - snapshotMessages;
  const snapshot: ChatSnapshot = {
    sequence: 1, session: { id: 'long', title: 'Long' }, total: messages, from, composer, draft: '', key: 'present', starters: [], restricted: false,
    messages: Array.from({ length: snapshotMessages }, (_, position) => syntheticMessage(from + position, answerCharacters)),
  };
  return openView(bench.browser, bench.server, { snapshot, syntheticCharacters: answerCharacters });
}

function timeToPaint(view: OpenView): Promise<number> {
  return view.page.evaluate(async () => {
    const before = window.host.sent.length;
    const { snapshot } = window.host;
    if (snapshot === undefined) throw new Error('No snapshot');
    const start = performance.now();
    // Another session, so that nothing on the screen can be kept.
    window.host.post({ type: 'snapshot', snapshot: { ...snapshot, sequence: 2, session: { id: 'other', title: '' }, messages: snapshot.messages.map((message) => ({ ...message, id: `${message.id}-again` })) } });
    while (!window.host.sent.slice(before).some((message) => message.type === 'painted')) await new Promise((next) => { setTimeout(next, 1); });
    return performance.now() - start;
  });
}

/** Turns the wheel once a frame and looks at each frame after it was drawn: is every part of the log covered, and by what? */
async function scroll(view: OpenView, deltaY: number, turns: number): Promise<{ readonly blank: number; readonly outline: number }> {
  await view.page.evaluate(() => {
    const log = document.querySelector('.log');
    if (log === null) throw new Error('No transcript');
    const seen = { blank: 0, outline: 0, isOver: false };
    Object.assign(window, { seen });
    const drawn = new MessageChannel();
    drawn.port1.addEventListener('message', () => look());
    drawn.port1.start();
    const nextFrame = (): void => void requestAnimationFrame(() => drawn.port2.postMessage(undefined));
    const look = (): void => {
      const box = log.getBoundingClientRect();
      const covers = (part: number): Element | null => document.elementFromPoint(box.left + box.width / 2, box.top + 4 + (box.height - 8) * part);
      const hits = [0, 0.25, 0.5, 0.75, 1].map(covers);
      if (hits.some((hit) => hit === null || hit.classList.contains('spacer') || (hit.classList.contains('body') && hit.childElementCount === 0))) seen.blank += 1;
      if (hits.some((hit) => hit?.closest('.outline') != null)) seen.outline += 1;
      if (!seen.isOver) nextFrame();
    };
    nextFrame();
  });
  await view.page.mouse.move(190, 300);
  for (let turn = 0; turn < turns; turn += 1) {
    await view.page.mouse.wheel(0, deltaY);
    await view.page.waitForTimeout(16);
  }
  return view.page.evaluate(() => {
    // Put there above.
    const { seen } = window as unknown as { seen: { blank: number; outline: number; isOver: boolean } };
    seen.isOver = true;
    return seen;
  });
}

function jumpTo(view: OpenView, share: number): Promise<number> {
  return view.page.evaluate(async (part) => {
    const log = document.querySelector('.log');
    if (log === null) throw new Error('No transcript');
    const start = performance.now();
    // As when the scroll bar is pressed and drawn.
    log.dispatchEvent(new PointerEvent('pointerdown'));
    log.scrollTop = log.scrollHeight * part;
    const isThere = (): boolean => {
      const box = log.getBoundingClientRect();
      return [0.1, 0.5, 0.9].every((at) => document.elementFromPoint(box.left + box.width / 2, box.top + box.height * at)?.closest('.row:not(.outline):not([data-pending])') != null);
    };
    await new Promise((next) => { requestAnimationFrame(next); });
    while (!isThere() && performance.now() - start < 5_000) await new Promise((next) => { requestAnimationFrame(next); });
    return performance.now() - start;
  }, share);
}
