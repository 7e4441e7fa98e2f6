// Builds the view from its parts and connects it with the host.
import { render } from 'preact';
import { createHostPort, maxTextCharacters } from './hostPort.ts';
import { createCodeColoring } from './markdown/codeColoring.ts';
import { createHighlighter } from './markdown/highlight.ts';
import { createMarkdownParser } from './markdown/parser.ts';
import { createScrollables } from './markdown/scrollables.ts';
import { createPainter } from './painter.ts';
import { createAnnouncer } from './state/announcer.ts';
import { receive } from './state/receive.ts';
import { createLatestRequest } from './state/requests.ts';
import { createResync } from './state/resync.ts';
import { createTranscript, type Transcript } from './state/transcript.ts';
import { createViewState } from './state/viewState.ts';
import { createBodies } from './transcript/bodies.ts';
import { createPlaceKeeper } from './transcript/placeKeeper.ts';
import { createScroller } from './transcript/scroller.ts';
import { App } from './ui/App.tsx';
import { keepFocus } from './ui/focusKeeper.ts';
import { readStrings } from './strings.ts';
import { ViewProvider, type View } from './view.ts';
import { createWords } from './words.ts';

function start(root: HTMLElement): void {
  const view = createView();
  view.port.onMessage((message) => receive(view, message));
  render(<ViewProvider value={view}><App /></ViewProvider>, root);
  keepFocus();
  view.resync.begin();
  view.port.post({ type: 'ready' });
}

function createView(): View {
  const now = (): number => performance.now();
  const words = createWords(readStrings(), document.documentElement.lang);
  const state = createViewState();
  const port = createHostPort(({ type }) => {
    state.notice.value = words.text(['send', 'edit-message', 'draft'].includes(type) ? 'messageTooLong' : 'codeTooLong', { count: maxTextCharacters });
  });
  const parser = createMarkdownParser();
  const announcer = createAnnouncer(state, words);
  const place = createPlaceKeeper(port);
  const scroller = createScroller({ transcript: (): Transcript => transcript, port, onMoved: () => place.moved(state.session.peek().id, scroller.position()) });
  const painter = createPainter({
    now,
    afterWork: () => scroller.settle(),
    position: () => transcript.sequence,
    onPainted: (sequence) => {
      if (sequence >= 0) port.post({ type: 'painted', sequence });
    },
  });
  const coloring = createCodeColoring({ highlighter: createHighlighter(), now, onWork: () => painter.schedule(coloring, Number.MAX_SAFE_INTEGER) });
  const bodies = createBodies({ painter, parser, coloring, scrollables: createScrollables(), words, now });
  const transcript = createTranscript({
    onStructure: () => {
      state.structure.value += 1;
      state.streaming.value = hasStreaming(transcript);
      scroller.structureChanged();
    },
    onText: bodies.grow,
    onStatus: (entry) => {
      state.streaming.value = hasStreaming(transcript);
      bodies.settle(entry);
      announcer.statusChanged(entry);
    },
  });
  return {
    words, port, state, transcript, scroller, bodies, painter, parser, coloring,
    requests: { suggest: createLatestRequest(), sessions: createLatestRequest() },
    resync: createResync((task, delayMs) => void setTimeout(task, delayMs), () => port.post({ type: 'ready' })),
    showSessions: () => {
      state.screen.value = 'sessions';
    },
  };
}

/** The answer that grows is among the last messages: queued ones stand behind it. */
function hasStreaming(transcript: Transcript): boolean {
  for (let index = transcript.total - 1; index >= Math.max(0, transcript.total - 40); index -= 1) {
    if (transcript.at(index)?.shown.peek().status === 'streaming') return true;
  }
  return false;
}

const root = document.getElementById('runapi-chat');
if (root !== null) start(root);
