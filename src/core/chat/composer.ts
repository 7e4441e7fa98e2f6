// What stands around the composer: the route that the draft would take, its expected price, the meter of the context window.
import type { Price, Prices } from '../models/price.ts';
import { capabilitiesOf, displayName } from '../models/catalog.ts';
import { taskTitle } from '../models/router.ts';
import type { TaskRunner } from '../models/taskRunner.ts';
import type { Translate } from '../translate.ts';
import type { ComposerState, ContextChip, RouteChoice, RouteDecision, TaskId } from '../../shared/chatTypes.ts';
import { lastRequest } from './lastRequest.ts';
import type { Session } from './session.ts';
import { parseInput } from './slashCommands.ts';

export interface TaskChoice {
  readonly task: TaskId;
  /** For people: "you asked to refactor", "default for chat". Undefined lets the router say. */
  readonly reason?: string;
}

/** `fileCount` is what the words are about: "you asked to refactor 2 files". */
export type TaskFromText = (text: string, fileCount: number) => TaskChoice;

export interface ComposerInput {
  readonly session: Session;
  readonly draft: string;
  readonly chips: readonly ContextChip[];
  readonly attachedTokens: number;
  /** Tokens of the history and the system prompt. */
  readonly historyTokens: number;
}

export interface ComposerDependencies {
  readonly runner: TaskRunner;
  readonly prices: Prices;
  readonly taskFromText: TaskFromText;
  readonly estimateTokens: (text: string) => number;
  /** Models that the account offers, besides those of the routes. */
  readonly models: () => readonly string[];
  readonly translate: Translate;
}

/** From this share of the window on, compaction is offered. */
const offerCompactionShare = 0.75;
/** An answer is seldom as long as it may be; this much is expected for the price. */
const expectedAnswerTokens = 700;

/** The task of a text, by command, by what the user set, or by its words. */
export function chooseTask({ text, session, fileCount }: { readonly text: string; readonly session: Session; readonly fileCount: number }, { taskFromText, translate }: Pick<ComposerDependencies, 'taskFromText' | 'translate'>): TaskChoice {
  const input = parseInput(text, new Set());
  if (input.kind === 'task') return { task: input.task, reason: translate('you typed /{command}', { command: text.trim().slice(1).split(/\s/, 1)[0] ?? '' }) };
  if (session.override.task !== undefined) return { task: session.override.task, reason: translate('you set the task') };
  return taskFromText(text, fileCount);
}

/** The route of the next message; a model that was set for the conversation wins over the task's. */
export function chooseRoute(choice: TaskChoice, session: Session, runner: TaskRunner, translate: Translate): RouteDecision {
  const model = session.override.model;
  return runner.route({ task: choice.task, model, reason: reasonOf(choice, model, translate) });
}

export function reasonOf(choice: TaskChoice, model: string | undefined, translate: Translate): string | undefined {
  if (model === undefined) return choice.reason;
  const set = translate('set by /model');
  return choice.reason === undefined ? set : `${choice.reason}, ${set}`;
}

export function toComposerState(input: ComposerInput, dependencies: ComposerDependencies): ComposerState {
  const { session, draft, chips } = input;
  const { runner, prices, translate } = dependencies;
  const fileCount = chips.filter((chip) => chip.offered !== true).length;
  const choice = chooseTask({ text: draft, session, fileCount }, dependencies);
  const route = chooseRoute(choice, session, runner, translate);
  const contextLimit = capabilitiesOf(route.model).contextTokens;
  const contextTokens = input.historyTokens + input.attachedTokens + dependencies.estimateTokens(draft);
  const isAuto = session.override.task === undefined && session.override.model === undefined;
  return {
    chips,
    routeLabel: isAuto ? `${translate('Auto')} · ${displayName(route.model)}` : `${taskTitle(route.task, translate)} · ${displayName(route.model)}`,
    routeReason: route.reason,
    routes: routeChoices(session, dependencies),
    expectedUsd: expectedUsd(prices.priceOf(route.model), contextTokens, session),
    contextTokens,
    contextLimit,
    queued: session.queued.length,
    offersCompaction: input.historyTokens > contextLimit * offerCompactionShare || undefined,
  };
}

/** What the last answer sent is most likely still in the gateway's cache. */
function expectedUsd(price: Price | undefined, contextTokens: number, session: Session): number | undefined {
  if (price === undefined) return undefined;
  const last = lastRequest(session)?.usage;
  const cached = last === undefined ? 0 : Math.min(contextTokens, last.cacheReadTokens + last.cacheWriteTokens);
  return ((contextTokens - cached) * price.input + cached * price.cacheRead + expectedAnswerTokens * price.output) / 1_000_000;
}

const offeredTasks: readonly TaskId[] = ['chat', 'explain', 'refactor', 'edit', 'review', 'tests', 'fix', 'document', 'commit'];

/** The list of models gives names only: these take text and give back no text. */
const answersNothing = /embed|rerank|whisper|moderation|transcri|\b(?:tts|dall-e|image)\b/i;

function routeChoices({ override }: Session, { runner, models, translate }: ComposerDependencies): readonly RouteChoice[] {
  const tasks = offeredTasks.map((task): RouteChoice => {
    const { model } = runner.route({ task });
    return { task, model, label: taskTitle(task, translate), selected: override.task === task && override.model === undefined };
  });
  const known = [...new Set([...tasks.map(({ model }) => model), ...models().filter((model) => !answersNothing.test(model))])];
  return [
    { task: 'auto', model: '', label: translate('Auto'), selected: override.task === undefined && override.model === undefined },
    ...tasks,
    ...known.map((model): RouteChoice => ({ task: 'auto', model, label: displayName(model), selected: override.model === model })),
  ];
}
