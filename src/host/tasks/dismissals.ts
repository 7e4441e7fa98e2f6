// The findings that the user dismissed, in VS Code's own storage of this workspace.
import type * as vscode from 'vscode';
import { addDismissed, parseDismissed, toDismissed, wasDismissed, withoutDismissed, type DismissedFinding, type FindingCode } from '../../core/tasks/dismissedFindings.ts';
import type { LineRange } from '../../core/context/lineRange.ts';
import type { Finding } from '../../core/tasks/findingCheck.ts';

export interface FindingPlace {
  readonly document: vscode.TextDocument;
  /** Where the finding stands in it. */
  readonly range: LineRange;
}

export interface Dismissals {
  has(finding: Finding, place: FindingPlace): boolean;
  add(finding: Finding, place: FindingPlace): Promise<void>;
  remove(finding: Finding, place: FindingPlace): Promise<void>;
}

const key = 'runapi.dismissedFindings';

export function createDismissals(memory: vscode.Memento): Dismissals {
  const read = (): readonly DismissedFinding[] => parseDismissed(memory.get<unknown>(key));
  return {
    has: (finding, place) => wasDismissed({ ...finding, ...place.range }, toCode(place), read()),
    add: async (finding, place) => memory.update(key, addDismissed(read(), toDismissed({ ...finding, ...place.range }, toCode(place)))),
    remove: async (finding, place) => memory.update(key, withoutDismissed({ ...finding, ...place.range }, toCode(place), read())),
  };
}

function toCode({ document }: FindingPlace): FindingCode {
  return { uri: document.uri.toString(), lines: document.getText().split(/\r\n|\r|\n/) };
}
