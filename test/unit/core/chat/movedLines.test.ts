import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import { createDeskHarness } from './deskHarness.ts';

const uri = 'file:///w/a.ts';
const twoLinesAbove = [{ startLine: 1, endLine: 1, startsLine: true, endsBeforeLine: true, newLineEnds: 2 }];

describe('a selection that waits for the next message', () => {
  it('goes out as the lines that were selected, though others were typed above it', async () => {
    const { desk, source, runner } = createDeskHarness();
    source.texts.set(`selection:${uri}#L3-4`, 'as it was').set(`selection:${uri}#L5-6`, 'the same lines');
    await desk.current.attachments.add(`selection:${uri}#L3-4`);
    source.editLines(uri, twoLinesAbove);
    await desk.send('what is this');
    await settle();
    expect(JSON.stringify(runner.last.request.messages)).toContain('the same lines');
    expect(JSON.stringify(runner.last.request.messages)).not.toContain('as it was');
  });

  it('is kept with its draft where it is now', async () => {
    const harness = createDeskHarness();
    const { desk, source } = harness;
    source.texts.set(`selection:${uri}#L3-4`, 'text');
    await desk.current.attachments.add(`selection:${uri}#L3-4`);
    source.editLines(uri, twoLinesAbove);
    await harness.clock.advance(5_000);
    expect(JSON.stringify([...harness.files.drafts.values()])).toContain('#L5-6');
  });
});
