import type { Pacing } from './answer.ts';
import type { ModelSpelling } from './catalogue.ts';

/** How the gateway behaves where no script says otherwise. */
export interface GatewayDefaults extends Pacing {
  /** Catalogue ids that answer 400 to temperature and top_p. */
  readonly rejectSampling: readonly string[];
  readonly spelling: ModelSpelling;
  /** Bigger bodies answer 413. */
  readonly maximumBodyBytes: number;
}

export const standardDefaults: GatewayDefaults = { firstTokenMs: 0, chunking: 'token', rejectSampling: [], spelling: 'any', maximumBodyBytes: 32 * 1024 * 1024 };
