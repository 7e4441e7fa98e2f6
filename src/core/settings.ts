// The typed settings of the product. host/settingsReader.ts fills this from VS Code; every raw value is parsed once, a bad one is
// named in `problems` and replaced by the default.
import type { Protocol, TaskId } from '../shared/chatTypes.ts';

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
