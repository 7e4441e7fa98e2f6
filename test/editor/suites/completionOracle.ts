// Plays the model in the editor tests: it knows the file as it will be and answers with what comes next.
import type { Answer } from '../../gateway/answer.ts';
import { lastUserText, type ModelCall } from '../../gateway/modelCall.ts';

export interface OraclePace {
  readonly firstTokenMs: number;
  readonly tokensPerSecond?: number;
}

const linesWritten = 6;

export function completionOracle(target: string, pace: OraclePace): (call: ModelCall) => Answer | undefined {
  return (call) => (call.modelId.includes('haiku') ? { ...pace, text: `<insert>${continuation(target, beforeCursor(call))}</insert>` } : undefined);
}

/** What our prompt ends with. */
function beforeCursor(call: ModelCall): string {
  return lastUserText(call).split('</after>\n').at(-1) ?? '';
}

function continuation(target: string, before: string): string {
  for (const known of [before, before.trimEnd()]) {
    const tail = known.slice(-200);
    const at = tail === '' ? 0 : target.indexOf(tail);
    if (at < 0) continue;
    const rest = target.slice(at + tail.length).split('\n').slice(0, linesWritten).join('\n');
    // The editor's own indentation is not always the file's: what is typed already is not repeated.
    return known === before ? rest : rest.replace(/^\n[ \t]*/, '');
  }
  return 'somethingElse();';
}
