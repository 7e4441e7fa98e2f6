/** Every command that the manifest contributes; test/unit/manifest.test.ts holds this list against package.json. */
export const commandIds = {
  openChat: 'runapi.openChat',
  newChat: 'runapi.newChat',
  showHistory: 'runapi.showHistory',
  setKey: 'runapi.setKey',
  checkKey: 'runapi.checkKey',
  removeKey: 'runapi.removeKey',
  showCosts: 'runapi.showCosts',
  showLog: 'runapi.showLog',
  openSettings: 'runapi.openSettings',
  explainCode: 'runapi.explainCode',
  refactorCode: 'runapi.refactorCode',
  editInline: 'runapi.editInline',
  reviewSelection: 'runapi.reviewSelection',
  reviewFile: 'runapi.reviewFile',
  reviewChanges: 'runapi.reviewChanges',
  generateTests: 'runapi.generateTests',
  fixProblem: 'runapi.fixProblem',
  documentCode: 'runapi.documentCode',
  acceptEdit: 'runapi.acceptEdit',
  discardEdit: 'runapi.discardEdit',
  triggerCompletion: 'runapi.triggerCompletion',
  toggleCompletion: 'runapi.toggleCompletion',
  snoozeCompletion: 'runapi.snoozeCompletion',
  showCompletionMenu: 'runapi.showCompletionMenu',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
