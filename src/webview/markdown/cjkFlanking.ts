// CommonMark decides by spaces whether ** opens or closes. Korean, Chinese and Japanese put particles right after a closing
// quote or bracket (**"값"**은), which CommonMark leaves as asterisks. A CJK character next to a run counts as a space here.
import type { MarkdownIt } from 'markdown-it';

const cjk = /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uffef]/;

export function widenCjkFlanking(markdown: MarkdownIt): void {
  const Base = markdown.inline.State;
  markdown.inline.State = class extends Base {
    override scanDelims(start: number, canSplitWord: boolean): ReturnType<InstanceType<typeof Base>['scanDelims']> {
      const scanned = super.scanDelims(start, canSplitWord);
      const before = this.src.charAt(start - 1);
      const after = this.src.charAt(start + scanned.length);
      if (isSpaceOrEnd(before) || isSpaceOrEnd(after)) return scanned;
      if (!canSplitWord || (!cjk.test(before) && !cjk.test(after))) return scanned;
      return { ...scanned, can_open: true, can_close: true };
    }
  };
}

function isSpaceOrEnd(character: string): boolean {
  return character === '' || /\s/.test(character);
}
