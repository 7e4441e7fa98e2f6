// The typed settings of the product. host/settingsReader.ts fills this from VS Code; every raw value is parsed once, a bad one is
// named in `problems` and replaced by the default.
import { protocols, taskIds, type Protocol, type TaskId } from '../shared/chatTypes.ts';
import type { Translate } from './translate.ts';

/** A cell left out keeps the default of core/models/router.ts. */
export interface RouteSetting {
  readonly model?: string;
  readonly protocol?: Protocol;
  readonly maxTokens?: number;
  readonly temperature?: number;
  /** 0 turns thinking off. */
  readonly thinkingTokens?: number;
}

export interface CompletionSettings {
  readonly enabled: boolean;
  /** Trailing debounce in the middle of a line. */
  readonly delayMs: number;
  /** Language id → on or off; "*" is the default for languages not named. */
  readonly languages: Readonly<Record<string, boolean>>;
  readonly multiline: 'auto' | 'never' | 'always';
  /** How many suggestions an explicit request asks for. */
  readonly maxAlternatives: number;
}

export interface NetworkSettings {
  readonly connectTimeoutMs: number;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxRetries: number;
}

export interface BudgetSettings {
  /** US dollars a day for everything; 0 means no limit. */
  readonly dailyUsd: number;
  /** US dollars a day for inline completion alone; 0 means no limit. */
  readonly completionDailyUsd: number;
}

export interface Settings {
  readonly baseUrl: string;
  readonly routes: Readonly<Partial<Record<TaskId, RouteSetting>>>;
  readonly completion: CompletionSettings;
  readonly network: NetworkSettings;
  readonly budget: BudgetSettings;
  /** Glob patterns of files whose text is never sent, besides the built-in list of secret files and the ignore files. */
  readonly exclude: readonly string[];
}

/** Read at each use, so that a change counts at once. */
export interface SettingsSource {
  current(): Settings;
  /** The result stops the listening. */
  onChange(listener: () => void): () => void;
}

export const defaultSettings: Settings = {
  baseUrl: 'https://runapi.ai',
  routes: {},
  completion: { enabled: true, delayMs: 75, languages: { '*': true, plaintext: false, markdown: false }, multiline: 'auto', maxAlternatives: 3 },
  // The limits of the fault table: connect 10 s, first byte 60 s, silence 60 s, two retries.
  network: { connectTimeoutMs: 10_000, firstByteTimeoutMs: 60_000, idleTimeoutMs: 60_000, maxRetries: 2 },
  budget: { dailyUsd: 0, completionDailyUsd: 0 },
  exclude: [],
};

export interface ParsedSettings {
  readonly settings: Settings;
  /** One sentence for each value that was not usable; its default is in `settings`. */
  readonly problems: readonly string[];
}

/** `raw` holds the values by their names without `runapi.`; missing ones are defaults, not problems. */
export function parseSettings(raw: Readonly<Record<string, unknown>>, translate: Translate): ParsedSettings {
  const problems: string[] = [];
  const read = <T>(name: string, fallback: T, expected: string, isValid: (value: unknown) => value is T): T => {
    const value = raw[name];
    if (value === undefined || value === null) return fallback;
    if (isValid(value)) return value;
    problems.push(translate('The setting runapi.{name} has to be {expected}; its default is used.', { name, expected }));
    return fallback;
  };
  const number = (name: string, fallback: number, least: number, most: number): number =>
    read(name, fallback, translate('a number from {least} to {most}', { least, most }), (value): value is number => typeof value === 'number' && value >= least && value <= most);
  const flag = (name: string, fallback: boolean): boolean => read(name, fallback, translate('true or false'), (value): value is boolean => typeof value === 'boolean');

  const d = defaultSettings;
  const settings: Settings = {
    baseUrl: read('baseUrl', d.baseUrl, translate('an address such as https://runapi.ai'), isAddress),
    routes: parseRouteSettings(raw['routes'], problems, translate),
    completion: {
      enabled: flag('completion.enabled', d.completion.enabled),
      delayMs: number('completion.delayMs', d.completion.delayMs, 0, 2000),
      languages: read('completion.languages', d.completion.languages, translate('a list of language ids with true or false'), isFlagRecord),
      multiline: read('completion.multiline', d.completion.multiline, '"auto", "never", "always"', isMultiline),
      maxAlternatives: number('completion.maxAlternatives', d.completion.maxAlternatives, 1, 5),
    },
    network: {
      connectTimeoutMs: number('network.connectTimeoutMs', d.network.connectTimeoutMs, 1000, 120_000),
      firstByteTimeoutMs: number('network.firstByteTimeoutMs', d.network.firstByteTimeoutMs, 1000, 600_000),
      idleTimeoutMs: number('network.idleTimeoutMs', d.network.idleTimeoutMs, 1000, 600_000),
      maxRetries: number('network.maxRetries', d.network.maxRetries, 0, 5),
    },
    budget: {
      dailyUsd: number('budget.dailyUsd', d.budget.dailyUsd, 0, 1_000_000),
      completionDailyUsd: number('budget.completionDailyUsd', d.budget.completionDailyUsd, 0, 1_000_000),
    },
    exclude: read('exclude', d.exclude, translate('a list of patterns'), isTextList),
  };
  return { settings, problems };
}

function parseRouteSettings(raw: unknown, problems: string[], translate: Translate): Settings['routes'] {
  if (raw === undefined || raw === null) return {};
  if (!isRecord(raw)) {
    problems.push(translate('The setting runapi.{name} has to be {expected}; its default is used.', { name: 'routes', expected: translate('a list of tasks') }));
    return {};
  }
  const routes: Partial<Record<TaskId, RouteSetting>> = {};
  for (const [task, cells] of Object.entries(raw)) {
    if (!isTask(task)) problems.push(translate('runapi.routes names an unknown task "{task}". Tasks are: {tasks}.', { task, tasks: taskIds.join(', ') }));
    else if (!isRecord(cells)) problems.push(translate('The setting runapi.{name} has to be {expected}; its default is used.', { name: `routes.${task}`, expected: '{ "model": … }' }));
    else routes[task] = parseRouteCells(task, cells, problems, translate);
  }
  return routes;
}

const routeCells: Readonly<Record<keyof RouteSetting, { readonly expected: string; readonly isValid: (value: unknown) => boolean }>> = {
  model: { expected: '"claude-sonnet-4.6"', isValid: (value) => typeof value === 'string' && /^[\w.:@/-]{1,200}$/.test(value) },
  protocol: { expected: protocols.map((name) => `"${name}"`).join(' / '), isValid: (value) => protocols.some((name) => name === value) },
  maxTokens: { expected: '1 – 1000000', isValid: (value) => isWhole(value, 1) },
  temperature: { expected: '0 – 1', isValid: (value) => typeof value === 'number' && value >= 0 && value <= 1 },
  thinkingTokens: { expected: '0 – 1000000', isValid: (value) => isWhole(value, 0) },
};

function parseRouteCells(task: TaskId, cells: Readonly<Record<string, unknown>>, problems: string[], translate: Translate): RouteSetting {
  const kept: Record<string, unknown> = {};
  for (const [cell, value] of Object.entries(cells)) {
    const rule = Object.entries(routeCells).find(([name]) => name === cell)?.[1];
    if (rule === undefined) problems.push(translate('runapi.routes.{task} has an unknown entry "{cell}".', { task, cell }));
    else if (!rule.isValid(value)) problems.push(translate('The setting runapi.{name} has to be {expected}; its default is used.', { name: `routes.${task}.${cell}`, expected: rule.expected }));
    else kept[cell] = value;
  }
  // Each entry of `kept` passed the rule of its own name in routeCells, which has exactly RouteSetting's names.
  return kept;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTask = (value: string): value is TaskId => taskIds.some((task) => task === value);
const isWhole = (value: unknown, least: number): boolean => Number.isInteger(value) && Number(value) >= least && Number(value) <= 1_000_000;
const isTextList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((entry) => typeof entry === 'string');
const isMultiline = (value: unknown): value is CompletionSettings['multiline'] => value === 'auto' || value === 'never' || value === 'always';
const isFlagRecord = (value: unknown): value is Readonly<Record<string, boolean>> => isRecord(value) && Object.values(value).every((entry) => typeof entry === 'boolean');
const isAddress = (value: unknown): value is string => typeof value === 'string' && URL.canParse(value);
