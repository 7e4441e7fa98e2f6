// The shape of a suite that drives the editor from outside. See README.md.
import type { Editor } from './editor.ts';
import type { EditorOptions } from './editorOptions.ts';

export interface EditorSuite {
  readonly name: string;
  /** Suites whose options are equal share one editor. */
  readonly options?: EditorOptions;
  /** Sentence → test. A test fails by throwing. Before each, the editor is reset: files, open editors, notifications, gateway script. */
  readonly tests: Readonly<Record<string, (editor: Editor) => Promise<void>>>;
  /** Per test; default 30 s. */
  readonly timeoutMs?: number;
}
