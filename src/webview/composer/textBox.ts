// The textarea of the composer: what it holds, how text is put into it, and how it keeps its size, its text and the focus.
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { fitTextarea } from './fitTextarea.ts';
import type { View } from '../view.ts';

export interface TextBox {
  readonly current: HTMLTextAreaElement | null;
}

export function readBox(box: TextBox): { readonly text: string; readonly caret: number } {
  return { text: box.current?.value ?? '', caret: box.current?.selectionStart ?? 0 };
}

/** False when there is no box to write in. */
export function writeBox(box: TextBox, text: string, caret: number): boolean {
  const element = box.current;
  if (element === null) return false;
  element.value = text;
  element.setSelectionRange(caret, caret);
  element.focus();
  return true;
}

export function useTextBox(box: TextBox, state: View['state']): void {
  const text = state.draft.value;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Set only when it differs: setting the value moves the caret and breaks a composition.
    if (element.value !== text) element.value = text;
    fitTextarea(element);
  }, [text]);
  useEffect(() => {
    if (state.focusComposer.value > 0) box.current?.focus();
  }, [state.focusComposer.value]);
  useEffect(() => {
    const onResize = (): void => {
      if (box.current !== null) fitTextarea(box.current);
    };
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);
}
