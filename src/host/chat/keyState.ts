import type * as vscode from 'vscode';
import type { ErrorCard } from '../../shared/chatTypes.ts';
import type { ChatSnapshot } from '../../shared/protocol.ts';

type KeyState = ChatSnapshot['key'];

export interface KeyStateWatch extends vscode.Disposable {
  current(): KeyState;
  /** An answer that failed because of its key says more than the storage does. */
  noteAnswer(error: ErrorCard | undefined): void;
}

export interface KeyStateDependencies {
  readonly hasKey: () => Promise<boolean>;
  readonly onKeyChange: vscode.Event<void>;
}

export function createKeyState({ hasKey, onKeyChange }: KeyStateDependencies, onChange: (state: KeyState) => void): KeyStateWatch {
  // Until the storage has answered: no banner that goes away at once.
  let state: KeyState = 'present';
  const set = (next: KeyState): void => {
    if (next === state) return;
    state = next;
    onChange(state);
  };
  const read = async (): Promise<void> => set((await hasKey().catch(() => false)) ? 'present' : 'absent');
  void read();
  const subscription = onKeyChange(() => void read());
  return {
    current: () => state,
    noteAnswer: (error) => {
      if (error === undefined) return set('present');
      if (error.action?.id === 'set-key' && state === 'present') set('rejected');
    },
    dispose: () => subscription.dispose(),
  };
}
