// Which model answers which task, and why. Features name a task; nothing else in the product names a model.
import type { RouteDecision, TaskId } from '../../shared/chatTypes.ts';
import type { RouteSetting, SettingsSource } from '../settings.ts';
import type { Translate } from '../translate.ts';
import { capabilitiesOf, identifyModel } from './catalog.ts';

export type Route = Omit<RouteDecision, 'task' | 'reason'>;

const opus = 'claude-opus-4.8';
const sonnet = 'claude-sonnet-4.6';
const haiku = 'claude-haiku-4.5';

/** Large work to Opus, everyday work to Sonnet, what must be quick to Haiku. */
export const defaultRoutes: Readonly<Record<TaskId, Route>> = {
  refactor: { model: opus, protocol: 'messages', maxTokens: 32_000, thinkingTokens: 8_000 },
  edit: { model: sonnet, protocol: 'chat_completions', maxTokens: 16_000, temperature: 0.2 },
  review: { model: sonnet, protocol: 'chat_completions', maxTokens: 8_000, temperature: 0.2 },
  tests: { model: sonnet, protocol: 'chat_completions', maxTokens: 16_000, temperature: 0.2 },
  fix: { model: sonnet, protocol: 'chat_completions', maxTokens: 8_000, temperature: 0.2 },
  document: { model: sonnet, protocol: 'chat_completions', maxTokens: 8_000, temperature: 0.2 },
  // The messages protocol caches the growing prefix of a conversation: reads cost a tenth.
  chat: { model: sonnet, protocol: 'messages', maxTokens: 8_000 },
  explain: { model: sonnet, protocol: 'chat_completions', maxTokens: 4_000 },
  compact: { model: sonnet, protocol: 'chat_completions', maxTokens: 4_000, temperature: 0 },
  // The engine asks for 64 for a line and 160 for a block; the limit is that of three alternatives in one answer.
  complete: { model: haiku, protocol: 'chat_completions', maxTokens: 480, temperature: 0.1 },
  title: { model: haiku, protocol: 'chat_completions', maxTokens: 40, temperature: 0.2 },
  commit: { model: haiku, protocol: 'chat_completions', maxTokens: 600, temperature: 0.2 },
  rename: { model: haiku, protocol: 'chat_completions', maxTokens: 300, temperature: 0.4 },
};

export interface RouteRequest {
  readonly task: TaskId;
  readonly model?: string;
  readonly reason?: string;
  readonly maxTokens?: number;
}

export interface Router {
  route(request: RouteRequest): RouteDecision;
}

export function createRouter(dependencies: { readonly settings: SettingsSource; readonly translate: Translate }): Router {
  const { settings, translate } = dependencies;
  return {
    route: (request) => {
      const setting = settings.current().routes[request.task] ?? {};
      const cells = mergeCells(defaultRoutes[request.task], setting, request);
      return { task: request.task, ...cells, reason: request.reason ?? reasonFor(request, setting, translate) };
    },
  };
}

function mergeCells(fallback: Route, setting: RouteSetting, request: RouteRequest): Route {
  const model = request.model ?? setting.model ?? fallback.model;
  const capabilities = capabilitiesOf(model);
  const ownMaximum = Math.min(setting.maxTokens ?? fallback.maxTokens, capabilities.maxOutputTokens);
  const maxTokens = Math.max(1, Math.min(ownMaximum, request.maxTokens ?? ownMaximum));
  const thinkingTokens = capabilities.thinking ? (setting.thinkingTokens ?? fallback.thinkingTokens ?? 0) : 0;
  // Thinking takes no temperature but its own.
  const temperature = thinkingTokens > 0 ? undefined : (setting.temperature ?? fallback.temperature);
  return {
    model,
    protocol: setting.protocol ?? protocolFor(fallback, model, thinkingTokens),
    maxTokens,
    ...(temperature !== undefined && { temperature }),
    ...(thinkingTokens > 0 && { thinkingTokens }),
  };
}

/** Thinking and caching need the messages protocol; models of other makers are sure to answer the common one only. */
function protocolFor(fallback: Route, model: string, thinkingTokens: number): Route['protocol'] {
  if (identifyModel(model).family === undefined) return 'chat_completions';
  return thinkingTokens > 0 ? 'messages' : fallback.protocol;
}

function reasonFor(request: RouteRequest, setting: RouteSetting, translate: Translate): string {
  if (request.model !== undefined) return translate('chosen for this request');
  if (setting.model !== undefined) return translate('set in runapi.routes');
  return translate('default for {task}', { task: taskName(request.task, translate) });
}

/** The task as people call it. */
export function taskName(task: TaskId, translate: Translate): string {
  switch (task) {
    case 'complete': return translate('completion');
    case 'chat': return translate('chat');
    case 'explain': return translate('explanations');
    case 'refactor': return translate('refactoring');
    case 'edit': return translate('edits');
    case 'review': return translate('reviews');
    case 'tests': return translate('tests');
    case 'fix': return translate('fixes');
    case 'document': return translate('documentation');
    case 'commit': return translate('commit messages');
    case 'rename': return translate('name suggestions');
    case 'title': return translate('titles');
    case 'compact': return translate('compaction');
  }
}

/** The task as a heading: in the line that says who answered. The view has the same words in shared/viewStrings.ts. */
export function taskTitle(task: TaskId, translate: Translate): string {
  switch (task) {
    case 'complete': return translate('Complete');
    case 'chat': return translate('Chat');
    case 'explain': return translate('Explain');
    case 'refactor': return translate('Refactor');
    case 'edit': return translate('Edit');
    case 'review': return translate('Review');
    case 'tests': return translate('Tests');
    case 'fix': return translate('Fix');
    case 'document': return translate('Document');
    case 'commit': return translate('Commit message');
    case 'rename': return translate('Names');
    case 'title': return translate('Title');
    case 'compact': return translate('Compact');
  }
}
