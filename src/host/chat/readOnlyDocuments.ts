import * as vscode from 'vscode';

export interface ReadOnlyDocuments extends vscode.Disposable {
  /** Shows text in an editor that cannot be changed. `name` is the tab's title, its ending gives the language. */
  show(name: string, text: string): Promise<void>;
}

const scheme = 'runapi-chat';
/** Older ones show empty when their tab is opened again. */
const kept = 30;

export function createReadOnlyDocuments(): ReadOnlyDocuments {
  const texts = new Map<string, string>();
  let count = 0;
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => texts.get(uri.query) ?? '' });
  return {
    show: async (name, text) => {
      count += 1;
      const id = String(count);
      texts.set(id, text);
      const oldest = texts.keys().next().value;
      if (texts.size > kept && oldest !== undefined) texts.delete(oldest);
      const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', ' ')}`, query: id });
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    dispose: () => registration.dispose(),
  };
}
