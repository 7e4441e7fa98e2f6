// Keeps an unsent text: at once in the view's own memory, after a pause at the host, with the place where the reader is.
import type { View } from '../view.ts';

export interface DraftKeeper {
  changed(text: string): void;
  sent(): void;
}

const pauseMs = 400;

export function createDraftKeeper(view: Pick<View, 'port' | 'scroller' | 'state'>): DraftKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    changed: (text) => {
      remember(text);
      clearTimeout(timer);
      timer = setTimeout(tell, pauseMs);
    },
    sent: () => {
      clearTimeout(timer);
      remember('');
      tell();
    },
  };

  function remember(draft: string): void {
    view.port.remember({ sessionId: view.state.session.peek().id, draft });
  }

  function tell(): void {
    view.port.post({ type: 'draft', text: view.state.draft.peek(), scrollTop: view.scroller.position() });
  }
}
