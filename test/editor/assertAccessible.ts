// The chat view in each theme: all rules of axe in one of them, in the others those that a theme can break.
import assert from 'node:assert/strict';
import { findAccessibilityProblems, themeRules } from '../helpers/viewHarness/axe.ts';
import type { OpenView } from '../helpers/viewHarness/openView.ts';
import { switchTheme, viewThemes } from '../helpers/viewHarness/viewServer.ts';

/** Closes the view in the end. */
export async function assertAccessible(name: string, view: OpenView): Promise<void> {
  for (const [index, theme] of viewThemes.entries()) {
    await switchTheme(view.page, theme);
    assert.deepEqual(await findAccessibilityProblems(view.page, index === 0 ? undefined : themeRules), [], `${name} in ${theme}`);
  }
  assert.deepEqual(view.problems, [], name);
  await view.close();
}
