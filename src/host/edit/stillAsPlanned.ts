// Whether files still are what a plan was made for: somebody may have typed, saved or put a link in the way since. Asked right before the first
// write.
import * as vscode from 'vscode';
import type { EditProblem } from '../../core/edit/proposal.ts';
import { filePlaceOf } from './filePlace.ts';
import type { PlannedWrite } from './plannedWrite.ts';
import { pathOfUri } from './workspacePaths.ts';
import { readOrNothing, sameBytes } from './writeBytes.ts';

export async function movedOnDisk(writes: readonly PlannedWrite[]): Promise<readonly EditProblem[]> {
  const problems: EditProblem[] = [];
  for (const write of writes) {
    for (const { uri, place } of placesOf(write)) {
      const found = await filePlaceOf(uri);
      if (!found.ok) problems.push({ kind: 'bad-path', path: pathOfUri(uri), detail: found.reason });
      else if (found.place !== place) problems.push({ kind: 'relinked', path: pathOfUri(uri) });
    }
    // A text that is not saved is not written to the disk.
    if (write.kind === 'create' || write.file.bytes === undefined || !write.file.wasSaved) continue;
    if (!sameBytes(await readOrNothing(write.file.uri), write.file.bytes)) problems.push({ kind: 'changed', path: pathOfUri(write.file.uri) });
  }
  return problems;
}

/** Without an await, so that an edit made right after it is made for this text. */
export function movedInEditor(writes: readonly PlannedWrite[]): readonly EditProblem[] {
  return writes.flatMap((write): readonly EditProblem[] => {
    if (write.kind === 'create') return [];
    const { uri, text, route } = write.file;
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document === undefined) return route === 'memory' ? [{ kind: 'missing-file', path: pathOfUri(uri) }] : [];
    return document.getText() === text ? [] : [{ kind: 'changed', path: pathOfUri(uri) }];
  });
}

interface Place {
  readonly uri: vscode.Uri;
  readonly place: string | undefined;
}

function placesOf(write: PlannedWrite): readonly Place[] {
  switch (write.kind) {
    case 'create':
      return [{ uri: write.uri, place: write.place }];
    case 'rename':
      return [write.file, { uri: write.newUri, place: write.newPlace }];
    case 'modify':
    case 'delete':
      return [write.file];
  }
}
