import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../shared/commandIds.ts';
import { createEditVerifier, type EditVerifier, type VerifierDependencies } from './editVerifier.ts';
import { createProposedProblems } from './proposedProblems.ts';
import { createTypeChecker } from './typeChecker.ts';

export interface VerificationDependencies extends Omit<VerifierDependencies, 'checker' | 'marks'> {
  /** Where the script of the type check is. */
  readonly extensionUri: vscode.Uri;
}

export function registerVerification(dependencies: VerificationDependencies): EditVerifier {
  const checker = createTypeChecker({ script: join(dependencies.extensionUri.fsPath, 'dist', 'typeCheck.js') });
  const marks = createProposedProblems();
  const verifier = createEditVerifier({ ...dependencies, checker, marks });
  const parts = vscode.Disposable.from(
    verifier,
    checker,
    marks,
    vscode.commands.registerCommand(commandIds.showNewErrors, (argument: unknown) => marks.list(readEditId(argument))),
  );
  return { ...verifier, dispose: () => parts.dispose() };
}

/** Commands may be called by anyone with anything. */
function readEditId(argument: unknown): string | undefined {
  return typeof argument === 'object' && argument !== null && 'editId' in argument && typeof argument.editId === 'string' ? argument.editId : undefined;
}
