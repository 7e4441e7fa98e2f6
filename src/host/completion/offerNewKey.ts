// The only message of completion: once, when the key was rejected. Everything else is said by the status item.
import * as vscode from 'vscode';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import type { Translate } from '../../core/translate.ts';
import { commandIds } from '../../shared/commandIds.ts';

export function offerNewKey(engine: CompletionEngine, t: Translate): vscode.Disposable {
  let isSaid = false;
  const stop = engine.onChange(() => {
    const { pause } = engine.state();
    // Suggestions came again since: a later rejection is news.
    if (pause === undefined && engine.state().outcome?.kind === 'shown') isSaid = false;
    if (pause?.why !== 'key-rejected' || isSaid) return;
    isSaid = true;
    void say(t);
  });
  return { dispose: stop };
}

async function say(t: Translate): Promise<void> {
  const enterKey = t('Enter key');
  const chosen = await vscode.window.showWarningMessage(t('RunAPI rejected the key. Suggestions are paused until another one is set.'), enterKey);
  if (chosen === enterKey) await vscode.commands.executeCommand(commandIds.setKey);
}
