// The places where the chat shows: the view (wherever the user moves it) and any number of editor tabs. All of them show the same
// conversation. A hidden view keeps nothing; it is built again from the host's state when it comes back.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { ViewChannel } from '../../core/chat/viewChannel.ts';
import type { Logger } from '../../core/logger.ts';
import { parseViewMessage, type ViewMessage } from '../../shared/protocol.ts';
import type { Receivable } from './viewMessages.ts';
import { chatHtml, chatWebviewOptions } from './chatHtml.ts';

export interface ChatViews extends vscode.Disposable {
  /** Brings the view up, or the tab that was used last. */
  reveal(focusComposer: boolean): Promise<void>;
  openInEditor(): void;
  readonly isVisible: boolean;
}

export interface ChatViewsDependencies {
  readonly extensionUri: vscode.Uri;
  readonly desk: ChatDesk;
  readonly log: Logger;
  readonly receive: (message: Receivable, channel: ViewChannel) => void;
}

const chatViewId = 'runapi.chat';
const editorTabType = 'runapi.chatEditor';

interface Attached {
  readonly channel: ViewChannel;
  readonly isVisible: () => boolean;
}

export function registerChatViews(dependencies: ChatViewsDependencies): ChatViews {
  const { desk, extensionUri } = dependencies;
  const attached = new Set<Attached>();
  let focusesWhenReady = false;

  const attach = (webview: vscode.Webview, isVisible: () => boolean): { readonly onVisibility: () => void; readonly dispose: () => void } => {
    const load = (): void => { webview.html = chatHtml(webview, extensionUri); };
    webview.options = chatWebviewOptions(extensionUri);
    const channel = desk.addView(
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview of VS Code takes no origin
      (message) => void webview.postMessage(message),
      () => {
        dependencies.log.warn('the chat view did not answer and is loaded again');
        load();
      },
    );
    const view: Attached = { channel, isVisible };
    attached.add(view);
    let dropped = 0;
    const listener = webview.onDidReceiveMessage((value: unknown) => {
      const message = parseViewMessage(value);
      if (message === undefined) {
        dropped += 1;
        if (dropped === 1 || dropped % 100 === 0) dependencies.log.warn(`${dropped} messages of the chat view were not understood`);
        return;
      }
      takeMessage(message, channel);
    });
    load();
    return {
      onVisibility: () => { if (!isVisible()) channel.close(); },
      dispose: () => {
        listener.dispose();
        attached.delete(view);
        desk.removeView(channel);
      },
    };
  };

  const takeMessage = (message: ViewMessage, channel: ViewChannel): void => {
    switch (message.type) {
      case 'ready':
        void desk.ready.then(() => channel.open()).then(() => {
          if (focusesWhenReady) channel.post({ type: 'focus-composer' });
          focusesWhenReady = false;
        });
        return;
      case 'resync':
        void channel.resync();
        return;
      case 'painted':
        channel.painted(message.sequence);
        return;
      case 'alive':
        channel.alive(message.sequence);
        return;
      default:
        dependencies.receive(message, channel);
    }
  };

  const openInEditor = (): void => {
    const panel = vscode.window.createWebviewPanel(editorTabType, 'RunAPI', vscode.ViewColumn.Active, { ...chatWebviewOptions(extensionUri), retainContextWhenHidden: false });
    bindPanel(panel);
  };
  const bindPanel = (panel: vscode.WebviewPanel): void => {
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
    const view = attach(panel.webview, () => panel.visible);
    panel.onDidChangeViewState(view.onVisibility);
    panel.onDidDispose(view.dispose);
  };

  const registrations = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(chatViewId, {
      resolveWebviewView: (webviewView) => {
        const view = attach(webviewView.webview, () => webviewView.visible);
        webviewView.onDidChangeVisibility(view.onVisibility);
        webviewView.onDidDispose(view.dispose);
      },
    }, { webviewOptions: { retainContextWhenHidden: false } }),
    vscode.window.registerWebviewPanelSerializer(editorTabType, {
      deserializeWebviewPanel: async (panel) => bindPanel(panel),
    }),
  );

  return {
    get isVisible() { return [...attached].some((view) => view.isVisible()); },
    openInEditor,
    reveal: async (focusComposer) => {
      const isOpen = [...attached].some((view) => view.channel.isOpen);
      focusesWhenReady = focusComposer && !isOpen;
      await vscode.commands.executeCommand(`${chatViewId}.focus`);
      if (focusComposer && isOpen) desk.broadcast({ type: 'focus-composer' });
    },
    dispose: () => registrations.dispose(),
  };
}
