// Tells the host where the reader is when scrolling rests: the editor destroys a view that is hidden, and builds it anew there.
import type { HostPort } from '../hostPort.ts';

export interface PlaceKeeper {
  /** The reader's place has changed. */
  moved(sessionId: string, scrollTop: number): void;
}

/** Short, for whoever scrolls and closes the panel at once; longer than the pause between two turns of a wheel. */
const restMs = 150;

export function createPlaceKeeper(port: HostPort): PlaceKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = '';
  return {
    moved: (sessionId, scrollTop) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const place = `${sessionId} ${scrollTop}`;
        // A stream that is followed moves the end, not the place.
        if (place !== told) port.post({ type: 'scrolled', sessionId, scrollTop });
        told = place;
      }, restMs);
    },
  };
}
