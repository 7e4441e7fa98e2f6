// What an editor is started with. Suites whose options are equal share one editor.

export type Theme = 'dark' | 'light' | 'high-contrast-dark' | 'high-contrast-light';

export const themeNames: Readonly<Record<Theme, string>> = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'high-contrast-dark': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

export interface EditorOptions {
  readonly theme?: Theme;
  /** Display language; default English. */
  readonly locale?: 'en' | 'ko';
  /** Default true; false is Restricted Mode. */
  readonly trusted?: boolean;
  /** A working key of the local RunAPI in the environment (default), a rejected one, or none at all. */
  readonly key?: 'valid' | 'invalid' | 'none';
  /** The sample project with its uncommitted changes (default), that and a second folder, or an empty folder. */
  readonly workspace?: 'sample' | 'multi-root' | 'empty';
  /** Over the harness's own settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default 1280 × 800. */
  readonly width?: number;
  readonly height?: number;
}

export function themeSettings(theme: Theme): Readonly<Record<string, unknown>> {
  return { 'workbench.colorTheme': themeNames[theme], 'window.autoDetectColorScheme': false, 'window.autoDetectHighContrast': false };
}

/** Quiet enough to test in: VS Code's own chat and welcome pages take the focus otherwise. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  // The ports of the test's own servers are looked for in vain, every two seconds, and a message says so.
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'window.dialogStyle': 'custom',
  'editor.cursorBlinking': 'solid',
  'editor.stickyScroll.enabled': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'files.autoSave': 'off',
  'workbench.editor.enablePreview': false,
};
