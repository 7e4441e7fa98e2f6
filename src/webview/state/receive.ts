// What each message of the host does to the view.
import { batch } from '@preact/signals';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';
import { sendImage } from '../composer/images.ts';
import type { View } from '../view.ts';

export function receive(view: View, message: HostMessage): void {
  const { state, transcript, port } = view;
  switch (message.type) {
    case 'snapshot':
      batch(() => loadSnapshot(view, message.snapshot));
      return;
    case 'composer-changed':
      state.composer.value = message.composer;
      return;
    case 'set-draft':
      if (message.unlessTyped !== true || state.draft.peek() === '') state.draft.value = message.text;
      if (message.focus) focusComposerHere(view);
      return;
    case 'key-changed':
      state.key.value = message.key;
      return;
    case 'banner-changed':
      state.banner.value = message.banner;
      return;
    case 'suggestions':
      if (view.requests.suggest.isLatest(message.requestId)) state.suggestions.value = message.items;
      return;
    case 'sessions':
      if (view.requests.sessions.isLatest(message.requestId)) state.sessions.value = message.items;
      return;
    case 'notice':
      state.notice.value = message.text;
      return;
    case 'prepare-image':
      void sendImage(view, imageBlob(message), message.name);
      return;
    case 'show-sessions':
      view.showSessions();
      return;
    case 'focus-composer':
      focusComposerHere(view);
      return;
    case 'heartbeat':
      port.post({ type: 'alive', sequence: Math.max(0, transcript.sequence) });
      return;
    case 'session-changed':
    case 'message-added':
    case 'message-delta':
    case 'message-changed':
    case 'messages-replaced':
    case 'messages':
      receiveTranscript(view, message);
      return;
    default:
      message satisfies never;
  }
}

function receiveTranscript(view: View, message: HostMessage): void {
  const { transcript, state, port, painter } = view;
  const complete = batch(() => transcript.apply(message));
  if (!complete) {
    if (view.resync.begin()) port.post({ type: 'resync' });
    return;
  }
  if (message.type === 'session-changed') state.session.value = { ...state.session.value, title: message.title, priceUsd: message.priceUsd };
  if (message.type === 'messages') view.scroller.received(message.from, message.messages.length);
  painter.touch();
}

function loadSnapshot(view: View, snapshot: ChatSnapshot): void {
  const { state, transcript, scroller } = view;
  const isSame = state.connected.value && state.session.value.id === snapshot.session.id;
  view.resync.end();
  state.session.value = snapshot.session;
  state.key.value = snapshot.key;
  state.starters.value = snapshot.starters;
  state.restricted.value = snapshot.restricted;
  state.banner.value = snapshot.banner;
  state.composer.value = snapshot.composer;
  // What is being typed is never replaced by what the host last heard of it.
  if (!isSame) state.draft.value = rememberedDraft(view, snapshot) ?? snapshot.draft;
  // The host learns the place late when another window has to give it up first.
  const position = isSame && scroller.wasMoved() ? scroller.position() : snapshot.scrollTop;
  if (state.connected.value && !isSame) state.screen.value = 'chat';
  state.connected.value = true;
  if (!isSame) scroller.heights.forgetFrom(0);
  transcript.load(snapshot);
  scroller.restore(position);
  view.painter.touch();
}

/** The memory of the view is newer than the host's copy, which is told after a pause. */
function rememberedDraft(view: View, snapshot: ChatSnapshot): string | undefined {
  const memory = view.port.memory;
  if (view.state.connected.value || memory?.sessionId !== snapshot.session.id || memory.draft === '') return undefined;
  return memory.draft;
}

function imageBlob({ data, mediaType }: HostMessage & { readonly type: 'prepare-image' }): Blob {
  return new Blob([Uint8Array.from(atob(data), (character) => character.charCodeAt(0))], { type: mediaType });
}

function focusComposer(view: View): void {
  view.state.screen.value = 'chat';
  view.state.focusComposer.value += 1;
}

/** How long the editor may take to hand the focus to a view that it was asked to show. */
const focusArrivesWithinMs = 1500;

/** Only while the focus is in this view: a message that comes late must not take it from where the user has gone meanwhile. */
function focusComposerHere(view: View): void {
  if (document.hasFocus()) {
    focusComposer(view);
    return;
  }
  view.state.screen.value = 'chat';
  const arrived = new AbortController();
  addEventListener('focus', () => focusComposer(view), { once: true, signal: arrived.signal });
  setTimeout(() => arrived.abort(), focusArrivesWithinMs);
}
