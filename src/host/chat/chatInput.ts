// What the user typed: a message, a task, or a command of the chat itself.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import { describeCommand, productCommands } from '../../core/chat/commandSuggestions.ts';
import { parseInput, type LocalCommand } from '../../core/chat/slashCommands.ts';
import type { Translate } from '../../core/translate.ts';

export interface ChatInputDependencies {
  readonly desk: ChatDesk;
  readonly translate: Translate;
  readonly pickModel: () => Promise<string | undefined>;
  readonly compact: () => Promise<unknown>;
  readonly exportCurrent: () => Promise<void>;
}

export function createChatInput(dependencies: ChatInputDependencies): { send(text: string): Promise<void> } {
  const { desk, translate } = dependencies;

  const addNotice = (text: string): void => {
    const { log } = desk.current.stored;
    log.append({ type: 'message', id: crypto.randomUUID(), parent: log.session.path.at(-1) ?? null, at: Date.now(), role: 'notice', body: text });
  };

  const setModel = (model: string): void => {
    const { log } = desk.current.stored;
    log.append({ type: 'override', task: log.session.override.task, model });
    addNotice(translate('From here on {model} answers in this conversation.', { model }));
    desk.updateComposer();
  };

  const runLocal = async (command: LocalCommand, rest: string): Promise<void> => {
    desk.fillComposer('', true);
    switch (command) {
      case 'clear': return desk.startNew();
      case 'compact': return void (await dependencies.compact());
      case 'export': return await dependencies.exportCurrent();
      case 'help': return addNotice(helpText(translate));
      case 'model': {
        const model = rest === '' ? await dependencies.pickModel() : rest.split(/\s/, 1)[0];
        if (model !== undefined) setModel(model);
        return;
      }
    }
  };

  return {
    send: async (text) => {
      const input = parseInput(text, new Set());
      if (input.kind === 'local') return await runLocal(input.command, input.rest);
      if (text.trim() === '' && desk.current.attachments.chips().every((chip) => chip.offered === true)) return desk.current.conversation.resume();
      await desk.send(text);
    },
  };
}

/** Notices are plain text. */
function helpText(translate: Translate): string {
  const lines = productCommands().map((name) => `/${name}: ${describeCommand(name, translate)}`);
  return [...lines, '', translate('Type @ for files, symbols, changes, problems and more.'), translate('Hold Shift to drop files, folders and tabs here. Images can be pasted.')].join('\n');
}

export async function pickModelFrom(models: readonly { readonly id: string; readonly label: string }[]): Promise<string | undefined> {
  const picked = await vscode.window.showQuickPick(models.map(({ id, label }) => ({ label, description: id, id })), { title: vscode.l10n.t('Pick a model'), matchOnDescription: true });
  return picked?.id;
}
