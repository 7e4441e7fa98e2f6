// The places where the chat shows: the view (wherever the user moves it) and any number of editor tabs. All of them show the same
// conversation. A hidden view keeps nothing; it is built again from the host's state when it comes back.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { ViewChannel } from '../../core/chat/viewChannel.ts';
import type { Logger } from '../../core/logger.ts';
import { parseViewMessage, type HostMessage, type ViewMessage } from '../../shared/protocol.ts';
import type { Receivable } from './viewMessages.ts';
import { chatHtml, chatWebviewOptions } from './chatHtml.ts';

export interface ChatViews extends vscode.Disposable {
  /** Brings the view up where the user has put it, with the composer ready to type in. */
  reveal(): Promise<void>;
  /** The same with the list of conversations. */
  revealHistory(): Promise<void>;
  openInEditor(): void;
}

export interface ChatViewsDependencies {
  readonly extensionUri: vscode.Uri;
  readonly desk: ChatDesk;
  readonly log: Logger;
  readonly receive: (message: Receivable, channel: ViewChannel) => void;
}

const chatViewId = 'runapi.chat';
const editorTabType = 'runapi.chatEditor';

interface ViewsState {
  readonly dependencies: ChatViewsDependencies;
  readonly channels: Set<ViewChannel>;
  /** What a view that is still loading is told as soon as it is there. */
  whenReady: HostMessage | undefined;
}

export function registerChatViews(dependencies: ChatViewsDependencies): ChatViews {
  const state: ViewsState = { dependencies, channels: new Set(), whenReady: undefined };
  const registrations = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(chatViewId, {
      resolveWebviewView: (view) => {
        const attached = attach(state, view.webview, () => view.visible);
        view.onDidChangeVisibility(attached.onVisibility);
        view.onDidDispose(attached.dispose);
      },
    }, { webviewOptions: { retainContextWhenHidden: false } }),
    vscode.window.registerWebviewPanelSerializer(editorTabType, { deserializeWebviewPanel: async (panel) => bindPanel(state, panel) }),
  );
  return {
    openInEditor: () => {
      const options = { ...chatWebviewOptions(dependencies.extensionUri), retainContextWhenHidden: false };
      bindPanel(state, vscode.window.createWebviewPanel(editorTabType, 'RunAPI', vscode.ViewColumn.Active, options));
    },
    reveal: () => reveal(state, { type: 'focus-composer' }),
    revealHistory: () => reveal(state, { type: 'show-sessions' }),
    dispose: () => registrations.dispose(),
  };
}

async function reveal(state: ViewsState, message: HostMessage): Promise<void> {
  const isOpen = [...state.channels].some((channel) => channel.isOpen);
  state.whenReady = isOpen ? undefined : message;
  await vscode.commands.executeCommand(`${chatViewId}.focus`);
  if (isOpen) state.dependencies.desk.broadcast(message);
}

function bindPanel(state: ViewsState, panel: vscode.WebviewPanel): void {
  panel.iconPath = vscode.Uri.joinPath(state.dependencies.extensionUri, 'media', 'icon.svg');
  const attached = attach(state, panel.webview, () => panel.visible);
  panel.onDidChangeViewState(attached.onVisibility);
  panel.onDidDispose(attached.dispose);
}

interface AttachedView {
  readonly onVisibility: () => void;
  readonly dispose: () => void;
}

function attach(state: ViewsState, webview: vscode.Webview, isVisible: () => boolean): AttachedView {
  const { desk, extensionUri, log } = state.dependencies;
  const load = (): void => { webview.html = chatHtml(webview, extensionUri); };
  const channel = desk.addView(
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview of VS Code takes no origin
    (message) => void webview.postMessage(message),
    () => {
      log.warn('the chat view did not answer and is loaded again');
      load();
    },
  );
  state.channels.add(channel);
  const listener = webview.onDidReceiveMessage(createReceiver(state, channel));
  webview.options = chatWebviewOptions(extensionUri);
  load();
  return {
    onVisibility: () => {
      if (!isVisible()) channel.close();
    },
    dispose: () => {
      listener.dispose();
      state.channels.delete(channel);
      desk.removeView(channel);
    },
  };
}

/** Nothing but a message of the protocol gets through; what else comes is counted and dropped. */
function createReceiver(state: ViewsState, channel: ViewChannel): (value: unknown) => void {
  let dropped = 0;
  return (value) => {
    const message = parseViewMessage(value);
    if (message !== undefined) return takeMessage(state, message, channel);
    dropped += 1;
    if (dropped === 1 || dropped % 100 === 0) state.dependencies.log.warn(`${dropped} messages of the chat view were not understood`);
  };
}

function takeMessage(state: ViewsState, message: ViewMessage, channel: ViewChannel): void {
  switch (message.type) {
    case 'ready': return void openView(state, channel);
    case 'resync': return void channel.resync();
    case 'painted': return channel.painted(message.sequence);
    case 'alive': return channel.alive(message.sequence);
    default: return state.dependencies.receive(message, channel);
  }
}

async function openView(state: ViewsState, channel: ViewChannel): Promise<void> {
  await state.dependencies.desk.ready;
  await channel.open();
  if (state.whenReady !== undefined) channel.post(state.whenReady);
  state.whenReady = undefined;
}
