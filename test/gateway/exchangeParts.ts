import type { Answer } from './answer.ts';
import type { Billing } from './billing.ts';
import type { GatewayDefaults } from './defaults.ts';
import type { ModelCall } from './modelCall.ts';
import type { RequestRecord } from './requestRecord.ts';
import type { Rules } from './script.ts';

/** What one gateway's exchanges share. */
export interface ExchangeParts {
  readonly rules: Rules;
  readonly billing: Billing;
  readonly requests: RequestRecord[];
  readonly key: string;
  readonly play: (call: ModelCall) => Answer;
  readonly defaults: () => GatewayDefaults;
  readonly origin: () => string;
  /** Milliseconds since the start of the gateway. */
  readonly now: () => number;
  readonly closing: AbortSignal;
  readonly announce: (record: RequestRecord) => void;
}
