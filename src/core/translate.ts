/**
 * Turns an English sentence into the user's language; `{name}` in it is filled from `args`. The host passes vscode.l10n.t, tests pass
 * `english`. Every sentence given to it stands in l10n/bundle.l10n.ko.json too (a test checks).
 */
export type Translate = (message: string, args?: Readonly<Record<string, string | number>>) => string;

/** The sentences as they are. */
export const english: Translate = (message, args = {}) => message.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
