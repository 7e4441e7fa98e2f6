// What the engine is given: all that is not its own decision.
import type { Clock } from '../clock.ts';
import type { FileGate } from '../context/fileGate.ts';
import type { Logger } from '../logger.ts';
import type { CompletionSettings } from '../settings.ts';
import type { CompletionContextSource, CompletionModel } from './completionTypes.ts';
import type { FindSecrets } from './maskedRegion.ts';
import type { Mechanisms } from './mechanisms.ts';

export interface CompletionEngineDependencies {
  readonly clock: Clock;
  readonly model: CompletionModel;
  readonly context: CompletionContextSource;
  readonly gate: FileGate;
  readonly settings: () => CompletionSettings;
  readonly logger: Logger;
  /** What must not be sent, and what is sent in its place. */
  readonly findSecrets: FindSecrets;
  /** The file as the user knows it: a path within the workspace. */
  readonly displayPath: (uri: string) => string;
  /** Characters of a suggestion went into a document. */
  readonly onAccepted?: (characters: number) => void;
  /** For measurements: what to do without. */
  readonly mechanisms?: Partial<Mechanisms>;
}
