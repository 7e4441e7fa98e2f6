import * as vscode from 'vscode';
import { chatSystemPrompt } from '../../core/chat/taskInstructions.ts';
import { describeGuess, taskFromText } from '../../core/models/taskFromText.ts';
import type { ChatDependencies } from './chatDependencies.ts';
import { errorCard, finishCard, waitingText } from './chatWords.ts';

const currentIdState = 'runapi.chat.current';

/** What the desk needs and can be said without it. */
export function deskParts({ translate, workspaceState, editFormat }: ChatDependencies) {
  return {
    taskFromText: (text: string, fileCount: number) => {
      const guess = taskFromText(text);
      return { task: guess.task, reason: describeGuess(guess, fileCount, translate) };
    },
    systemPrompt: () => chatSystemPrompt({ language: vscode.env.language, platform: process.platform, workspaceName: vscode.workspace.name }),
    editFormat: () => editFormat?.(),
    describeError: (error: unknown, kept: boolean) => errorCard(error, kept, translate),
    describeFinish: (reason: Parameters<typeof finishCard>[0], kept: boolean) => finishCard(reason, kept, translate),
    waitingText: (wait: Parameters<typeof waitingText>[0]) => waitingText(wait, translate),
    currentId: { read: () => workspaceState.get<string>(currentIdState), write: (id: string) => void workspaceState.update(currentIdState, id) },
  };
}
