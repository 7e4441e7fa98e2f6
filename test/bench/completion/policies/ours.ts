import { createCompletionEngine } from '../../../../src/core/completion/engine.ts';
import type { Mechanisms } from '../../../../src/core/completion/mechanisms.ts';
import type { PolicyFactory } from '../policy.ts';

/** The engine of the product; `off` names mechanisms to do without. */
export function oursWithout(off: Partial<Mechanisms> = {}): PolicyFactory {
  return ({ clock, model }) => {
    const engine = createCompletionEngine({
      clock,
      model,
      context: { snippets: () => [] },
      gate: { known: () => ({ open: true }), check: async () => ({ open: true }) },
      settings: () => ({ enabled: true, delayMs: 75, languages: { '*': true }, multiline: 'auto', maxAlternatives: 3 }),
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      findSecrets: () => [],
      displayPath: (uri) => uri.split('/').at(-1) ?? uri,
      mechanisms: off,
    });
    return {
      provide: async (call, signal) => (await engine.provide(call, signal)).items[0],
      documentChanged: (change) => engine.documentChanged(change),
      cursorMoved: (call) => engine.cursorMoved(call),
      accepted: (itemId) => engine.accepted(itemId),
      used: () => engine.state().tally.used,
    };
  };
}
