import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPainter, type Drawable, type Painter } from '../../../src/webview/painter.ts';

/** Frames that the test runs, a clock that only work moves on. */
let frames: (() => void)[] = [];
let nowMs = 0;
/** What laying out a frame takes. */
let layoutMs = 0;
let painted: number[] = [];

function create(position = () => 7): Painter {
  return createPainter({ now: () => nowMs, afterWork: () => { nowMs += layoutMs; }, position, onPainted: (sequence) => painted.push(sequence) });
}

/** Takes 1 ms a piece. */
function pieces(count: number): Drawable & { readonly left: () => number } {
  let left = count;
  return {
    left: () => left,
    work: (deadline) => {
      while (left > 0 && nowMs < deadline) {
        left -= 1;
        nowMs += 1;
      }
      return left === 0;
    },
  };
}

function runFrame(): void {
  const due = frames;
  frames = [];
  for (const frame of due) frame();
}

beforeEach(() => {
  frames = [];
  nowMs = 1_000;
  layoutMs = 0;
  painted = [];
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => {});
  // Delivers at once what the browser delivers after the frame.
  vi.stubGlobal('MessageChannel', class {
    readonly port1 = { listener: (event: { readonly data: number }): void => void event, addEventListener(_: string, listener: (event: { readonly data: number }) => void) { this.listener = listener; }, start: () => {} };
    readonly port2 = { postMessage: (data: number) => this.port1.listener({ data }) };
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('drawing', () => {
  it('takes 8 ms of a frame and goes on in the next', () => {
    const work = pieces(20);
    create().schedule(work, 0);
    runFrame();
    expect(work.left()).toBe(12);
    expect(painted).toEqual([]);
    runFrame();
    runFrame();
    expect(work.left()).toBe(0);
    expect(painted).toEqual([7]);
  });

  it('takes less of a frame while layout is slow, and more again when it is not', () => {
    const work = pieces(1_000);
    create().schedule(work, 0);
    layoutMs = 30;
    const taken: number[] = [];
    for (let frame = 0; frame < 10; frame += 1) {
      if (frame === 5) layoutMs = 0;
      const before = work.left();
      runFrame();
      taken.push(before - work.left());
    }
    expect(taken.slice(0, 5)).toEqual([8, 4, 2, 2, 2]);
    expect(taken[9]).toBeGreaterThan(2);
  });

  it('begins with what is nearest to the reader', () => {
    const near = pieces(8);
    const far = pieces(8);
    const painter = create();
    painter.schedule(far, 5);
    painter.schedule(near, 1);
    runFrame();
    expect([near.left(), far.left()]).toEqual([0, 8]);
  });

  it('forgets what was removed, and still says how far it is', () => {
    const gone = pieces(5);
    const painter = create();
    painter.schedule(gone, 0);
    painter.remove(gone);
    runFrame();
    expect(gone.left()).toBe(5);
    expect(painted).toEqual([7]);
  });

  it('lets small pieces wait a tenth of a second after the last drawing', () => {
    const painter = create();
    painter.schedule(pieces(1), 0);
    runFrame();
    painter.schedule(pieces(1), 0, 'soon');
    expect(frames).toHaveLength(0);
    vi.advanceTimersByTime(100);
    expect(frames).toHaveLength(1);
  });

  it('draws without a frame when the view is hidden', () => {
    const work = pieces(3);
    create().schedule(work, 0);
    vi.advanceTimersByTime(250);
    expect(work.left()).toBe(0);
  });
});
