// Draws growing and newly seen messages within a budget per frame, tells the host how far the screen has come, and keeps the
// view's promise that no piece of work holds the main thread for long.

export interface Drawable {
  /** Works until `deadline`; true when done for now. */
  work(deadline: number): boolean;
}

export interface Painter {
  /** Adds or wakes something that has work. Lower numbers are drawn first. `soon` may wait a little to be drawn with more. */
  schedule(drawable: Drawable, priority: number, when?: 'now' | 'soon'): void;
  remove(drawable: Drawable): void;
  /** Something arrived that will be on the screen after the next frame. */
  touch(): void;
}

export interface PainterOptions {
  readonly now: () => number;
  /** Runs in each frame after the drawing, before the browser paints. */
  readonly afterWork: () => void;
  /** How far the view has taken messages; read when all of it was drawn. */
  readonly position: () => number;
  /** Everything up to this position is on the screen. */
  readonly onPainted: (position: number) => void;
}

/** Leaves half of a frame of 16 ms to layout, paint and input. */
const longestSliceMs = 8;
/** Text that is quick to build may be slow to lay out: then less of it is built in a frame. */
const shortestSliceMs = 2;
const layoutMs = 12;
/** A stream at the pace of a model is drawn about 10 times a second: each frame costs layout, paint and compositing whatever it adds. */
const soonMs = 100;
/** A hidden view gets no frames: after this time the work is done without one. */
const hiddenFrameMs = 250;

export function createPainter(options: PainterOptions): Painter {
  const waiting = new Map<Drawable, number>();
  const channel = new MessageChannel();
  let requested = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let lastDraw = 0;
  let sliceMs = longestSliceMs;
  channel.port1.addEventListener('message', (event: MessageEvent<number>) => options.onPainted(event.data));
  channel.port1.start();

  return { schedule, remove: (drawable) => waiting.delete(drawable), touch: () => request('soon') };

  function schedule(drawable: Drawable, priority: number, when: 'now' | 'soon' = 'now'): void {
    waiting.set(drawable, priority);
    request(when);
  }

  function request(when: 'now' | 'soon'): void {
    if (requested) return;
    const early = lastDraw + soonMs - options.now();
    if (when === 'now' || early <= 0) requestFrame();
    else pause ??= setTimeout(requestFrame, early);
  }

  function requestFrame(): void {
    clearTimeout(pause);
    pause = undefined;
    requested = true;
    frame = requestAnimationFrame(draw);
    timer = setTimeout(draw, hiddenFrameMs);
  }

  function draw(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    requested = false;
    lastDraw = options.now();
    const deadline = lastDraw + sliceMs;
    for (const [drawable] of [...waiting].sort((a, b) => a[1] - b[1])) {
      if (drawable.work(deadline)) waiting.delete(drawable);
      if (options.now() >= deadline) break;
    }
    const built = options.now();
    options.afterWork();
    // Scrolling to the end has laid it out.
    sliceMs = options.now() - built > layoutMs ? Math.max(shortestSliceMs, sliceMs / 2) : Math.min(longestSliceMs, sliceMs * 1.5);
    if (waiting.size > 0) request('now');
    // A message posted in a frame is handled after that frame was painted.
    else channel.port2.postMessage(options.position());
  }
}
