import type { JSX } from 'preact';
import { Banners } from './Banners.tsx';
import { EmptyState } from './EmptyState.tsx';
import { Composer } from '../composer/Composer.tsx';
import { CompactionOffer } from '../composer/CompactionOffer.tsx';
import { ContextMeter } from '../composer/ContextMeter.tsx';
import { Sessions } from '../sessions/Sessions.tsx';
import { TranscriptLog } from '../transcript/TranscriptLog.tsx';
import { useView } from '../view.ts';

export function App(): JSX.Element {
  const { state, words } = useView();
  const { title } = state.session.value;
  return (
    <main class="app">
      <h1 class="visually-hidden">{title === '' ? words.text('conversationTitle') : title}</h1>
      {state.connected.value ? <Screen /> : <p class="connecting dim" role="status">{words.text('connecting')}</p>}
      <div class="visually-hidden" role="status" aria-live="polite">{state.announcement.value}</div>
    </main>
  );
}

function Screen(): JSX.Element {
  const { state, transcript } = useView();
  void state.structure.value;
  if (state.screen.value === 'sessions') return <Sessions />;
  return (
    <>
      <Banners />
      {transcript.total === 0 ? <EmptyState /> : <TranscriptLog />}
      <ContextMeter />
      <CompactionOffer />
      <Composer />
    </>
  );
}
