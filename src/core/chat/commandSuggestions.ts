import type { Translate } from '../translate.ts';
import type { ComposerSuggestion } from '../../shared/chatTypes.ts';
import type { OwnCommand } from './ownCommand.ts';
import { localCommands, taskCommands, type LocalCommand } from './slashCommands.ts';

export type ProductCommand = keyof typeof taskCommands | LocalCommand;

/** The commands whose name begins with the query, those that contain it after them. */
export function suggestCommands(query: string, translate: Translate, own: readonly Pick<OwnCommand, 'name' | 'description'>[] = []): readonly ComposerSuggestion[] {
  const wanted = query.normalize('NFC').toLowerCase();
  const all = [...productCommands().map((name) => ({ name, description: describeCommand(name, translate) })), ...own];
  const matching = all.filter(({ name }) => name.includes(wanted));
  const ranked = [...matching.filter(({ name }) => name.startsWith(wanted)), ...matching.filter(({ name }) => !name.startsWith(wanted))];
  return ranked.map(({ name, description }) => ({ label: `/${name}`, detail: description, insert: `/${name} ` }));
}

export function productCommands(): readonly ProductCommand[] {
  // The keys of a constant object.
  return [...(Object.keys(taskCommands) as (keyof typeof taskCommands)[]), ...localCommands];
}

export function describeCommand(name: ProductCommand, translate: Translate): string {
  switch (name) {
    case 'explain': return translate('Explain what is attached');
    case 'refactor': return translate('Improve the structure, keep the behaviour');
    case 'review': return translate('Look for defects');
    case 'tests': return translate('Write tests');
    case 'fix': return translate('Find the cause and repair it');
    case 'doc': return translate('Write doc comments');
    case 'commit': return translate('Write a commit message for the changes');
    case 'model': return translate('Choose the model of this conversation');
    case 'clear': return translate('Start a new conversation');
    case 'compact': return translate('Replace the history by a summary');
    case 'export': return translate('Save the conversation as Markdown or JSON');
    case 'help': return translate('Show what can be typed here');
  }
}
