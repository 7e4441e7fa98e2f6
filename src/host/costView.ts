// "Show Costs": a report in VS Code's own markdown preview, made anew each time it is opened.
import * as vscode from 'vscode';
import type { AccountClient } from '../core/api/account.ts';
import type { Clock } from '../core/clock.ts';
import { formatCostReport } from '../core/models/costReport.ts';
import type { Ledger } from '../core/models/ledger.ts';
import type { Translate } from '../core/translate.ts';
import { commandIds } from '../shared/commandIds.ts';

export interface CostViewDependencies {
  readonly ledger: Ledger;
  readonly account: AccountClient;
  readonly clock: Clock;
  readonly translate: Translate;
}

const scheme = 'runapi-costs';
/** The report is worth more at once without the balance than late with it. */
const balanceWaitMs = 3_000;

export function registerCostView(dependencies: CostViewDependencies): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let text = '';
  const open = async (): Promise<void> => {
    text = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Adding up costs …') }, () => makeReport(dependencies));
    const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('Costs')}.md` });
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: () => text }),
    vscode.commands.registerCommand(commandIds.showCosts, open),
  );
}

async function makeReport({ ledger, account, clock, translate }: CostViewDependencies): Promise<string> {
  const [balance] = await Promise.all([account.balance(AbortSignal.timeout(balanceWaitMs)).catch(() => undefined), ledger.refresh()]);
  return formatCostReport({ ledger, now: clock.date(), translate, ...(balance === undefined ? {} : { balance }) });
}
