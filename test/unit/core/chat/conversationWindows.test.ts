// Two windows in one conversation: each writes to the file, and the other takes in what it finds there.
import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import { createHarness, messageOf, type Harness } from './conversationHarness.ts';

interface Windows {
  readonly left: Harness;
  readonly right: Harness;
  readonly busy: readonly string[];
  /** Each takes in what the other has written since. */
  sync(): Promise<void>;
}

function openWindows(): Windows {
  const busy: string[] = [];
  const open = (name: string): Harness => {
    let ids = 0;
    return createHarness({ createId: () => `${name}${++ids}`, onBusyElsewhere: () => busy.push(name) });
  };
  const [left, right] = [open('left'), open('right')];
  const seen = new Map<Harness, number>([[left, 0], [right, 0]]);
  const takeIn = (to: Harness, from: Harness): void => {
    const events = from.events.slice(seen.get(from));
    seen.set(from, from.events.length);
    for (const event of events) to.log.applyForeign(event);
  };
  return {
    left, right, busy,
    sync: async () => {
      for (let round = 0; round < 3; round++) {
        takeIn(right, left);
        takeIn(left, right);
        await settle();
      }
    },
  };
}

async function leftAnswers(windows: Windows): Promise<void> {
  windows.left.conversation.send(messageOf('first'));
  await settle();
  await windows.left.runner.last.text('on its way');
  await windows.sync();
}

describe('a message that is sent while another window writes an answer', () => {
  it('waits in sight of both, and is sent once by the window that it was typed in', async () => {
    const windows = openWindows();
    const { left, right } = windows;
    await leftAnswers(windows);
    right.conversation.send(messageOf('second'));
    await windows.sync();
    for (const window of [left, right]) expect(window.shown()).toEqual(['user: first', 'assistant (streaming): on its way', 'user (queued): second']);
    expect(right.runner.calls).toHaveLength(0);

    await left.runner.last.finish();
    await windows.sync();
    expect(left.runner.calls).toHaveLength(1);
    expect(right.runner.calls).toHaveLength(1);
    await right.runner.last.text('answer to it');
    await right.runner.last.finish();
    await windows.sync();
    const whole = ['user: first', 'assistant: on its way', 'user: second', 'assistant: answer to it'];
    for (const window of [left, right]) expect(window.shown()).toEqual(whole);
  });

  it('takes its turn among those of both windows', async () => {
    const windows = openWindows();
    const { left, right } = windows;
    await leftAnswers(windows);
    right.conversation.send(messageOf('of the right'));
    await windows.sync();
    left.conversation.send(messageOf('of the left'));
    await windows.sync();
    await left.runner.last.finish();
    await windows.sync();
    expect(left.runner.calls).toHaveLength(1);
    await right.runner.last.text('to the right');
    await right.runner.last.finish();
    await windows.sync();
    await left.runner.last.text('to the left');
    await left.runner.last.finish();
    await windows.sync();
    for (const window of [left, right]) {
      expect(window.shown()).toEqual(['user: first', 'assistant: on its way', 'user: of the right', 'assistant: to the right', 'user: of the left', 'assistant: to the left']);
    }
  });

  it('is sent as well when the other answer ends early, or its window turns out to be dead', async () => {
    for (const ending of ['stopped', 'dead'] as const) {
      const windows = openWindows();
      await leftAnswers(windows);
      windows.right.conversation.send(messageOf('second'));
      if (ending === 'stopped') {
        windows.left.conversation.stop();
        await windows.sync();
      } else {
        windows.right.session.closeUnfinished({ title: 'cut', text: '' });
        windows.right.conversation.lookElsewhere();
        await settle();
      }
      expect(windows.right.runner.calls).toHaveLength(1);
      expect(windows.right.shown().at(-2)).toBe('user: second');
    }
  });

  it('that a dead window left in the queue goes with the next one that is sent', async () => {
    const windows = openWindows();
    const { left, right } = windows;
    await leftAnswers(windows);
    left.conversation.send(messageOf('left behind'));
    await windows.sync();
    right.session.closeUnfinished({ title: 'cut', text: '' });
    right.conversation.lookElsewhere();
    await settle();
    expect(right.runner.calls).toHaveLength(0);
    right.conversation.send(messageOf('new'));
    await settle();
    await right.runner.last.text('one');
    await right.runner.last.finish();
    await right.runner.last.text('two');
    await right.runner.last.finish();
    expect(right.shown().slice(2)).toEqual(['user: left behind', 'assistant: one', 'user: new', 'assistant: two']);
  });
});

describe('while another window writes an answer', () => {
  it('Stop stops it there', async () => {
    const windows = openWindows();
    await leftAnswers(windows);
    windows.right.conversation.stop();
    await windows.sync();
    for (const window of [windows.left, windows.right]) expect(window.shown().at(-1)).toBe('assistant (stopped): on its way');
    expect(windows.left.conversation.isStreaming).toBe(false);
  });

  it('nothing else is begun here, and the reader is told', async () => {
    const windows = openWindows();
    const { right, left } = windows;
    await leftAnswers(windows);
    const [question = '', answer = ''] = right.session.path;
    right.conversation.regenerate(answer);
    right.conversation.retry(answer);
    right.conversation.continueAnswer(answer);
    await right.conversation.select(question, 0);
    expect(right.conversation.edit(question, messageOf('better'))).toBeUndefined();
    expect(windows.busy).toEqual(['right', 'right', 'right', 'right', 'right']);
    await windows.sync();
    expect(left.shown()).toEqual(right.shown());
    expect(right.runner.calls).toHaveLength(0);
  });

  it('an answer of this window is its own, also when it goes on', async () => {
    const windows = openWindows();
    const { left } = windows;
    await leftAnswers(windows);
    left.conversation.stop();
    await windows.sync();
    left.conversation.continueAnswer(left.session.path.at(-1) ?? '');
    await settle();
    left.conversation.send(messageOf('second'));
    await left.runner.last.text('.');
    await left.runner.last.finish();
    await windows.sync();
    expect(windows.busy).toEqual([]);
    expect(left.runner.calls).toHaveLength(3);
  });
});
