// What the view shows besides the transcript, as signals.
import { signal, type Signal } from '@preact/signals';
import type { ComposerState, ComposerSuggestion, SessionSummary } from '../../shared/chatTypes.ts';
import type { ChatSnapshot } from '../../shared/protocol.ts';

export interface ViewState {
  readonly connected: Signal<boolean>;
  readonly screen: Signal<'chat' | 'sessions'>;
  readonly session: Signal<ChatSnapshot['session']>;
  readonly key: Signal<ChatSnapshot['key']>;
  readonly starters: Signal<ChatSnapshot['starters']>;
  readonly restricted: Signal<boolean>;
  readonly banner: Signal<string | undefined>;
  /** A problem of the view's own, until it is dismissed. */
  readonly notice: Signal<string | undefined>;
  readonly composer: Signal<ComposerState>;
  readonly draft: Signal<string>;
  /** Grows by one each time the composer is to take the focus. */
  readonly focusComposer: Signal<number>;
  readonly suggestions: Signal<readonly ComposerSuggestion[] | undefined>;
  readonly sessions: Signal<readonly SessionSummary[] | undefined>;
  /** Said to screen readers, politely. */
  readonly announcement: Signal<string>;
  /** Grows by one with each change of which messages there are. */
  readonly structure: Signal<number>;
  readonly streaming: Signal<boolean>;
}

export function createViewState(): ViewState {
  return {
    connected: signal(false),
    screen: signal('chat'),
    session: signal({ id: '', title: '' }),
    key: signal('present'),
    starters: signal([]),
    restricted: signal(false),
    banner: signal(undefined),
    notice: signal(undefined),
    composer: signal({ chips: [], routeLabel: '', routeReason: '', routes: [], contextTokens: 0, contextLimit: 0, queued: 0 }),
    draft: signal(''),
    focusComposer: signal(0),
    suggestions: signal(undefined),
    sessions: signal(undefined),
    announcement: signal(''),
    structure: signal(0),
    streaming: signal(false),
  };
}
