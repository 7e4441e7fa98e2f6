// Everything that the parts of the view share, built once in main.tsx and handed down.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CodeColoring } from './markdown/codeColoring.ts';
import type { MarkdownParser } from './markdown/parser.ts';
import type { HostPort } from './hostPort.ts';
import type { Painter } from './painter.ts';
import type { LatestRequest } from './state/requests.ts';
import type { Transcript } from './state/transcript.ts';
import type { ViewState } from './state/viewState.ts';
import type { Bodies } from './transcript/bodies.ts';
import type { Scroller } from './transcript/scroller.ts';
import type { Words } from './words.ts';

export interface View {
  readonly words: Words;
  readonly port: HostPort;
  readonly state: ViewState;
  readonly transcript: Transcript;
  readonly scroller: Scroller;
  readonly bodies: Bodies;
  readonly painter: Painter;
  readonly parser: MarkdownParser;
  readonly coloring: CodeColoring;
  readonly requests: { readonly suggest: LatestRequest; readonly sessions: LatestRequest };
  readonly resync: Resync;
  showSessions(): void;
}

/** One request for a snapshot at a time. */
export interface Resync {
  /** False while one is on its way. */
  begin(): boolean;
  end(): void;
}

const Context = createContext<View | undefined>(undefined);

export const ViewProvider = Context.Provider;

export function useView(): View {
  const view = useContext(Context);
  if (view === undefined) throw new Error('The view is not provided');
  return view;
}
