// One function per picture: it brings a freshly reset editor into the state to show.
import type { Editor } from './editor.ts';
import type { EditorOptions } from './editorOptions.ts';
import { chatScenes } from './screenshotChatScenes.ts';
import { composerScenes } from './screenshotComposerScenes.ts';
import { editorScenes } from './screenshotEditorScenes.ts';
import { faultScenes } from './screenshotFaultScenes.ts';

export interface Scene {
  /** Over the usual ones: a scene that needs an editor of its own. */
  readonly options?: EditorOptions;
  readonly show: (editor: Editor) => Promise<void>;
}

export const scenes: Readonly<Record<string, Scene>> = { ...chatScenes, ...composerScenes, ...faultScenes, ...editorScenes };
