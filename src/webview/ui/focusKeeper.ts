// What is pressed may be gone a moment later: a chip that is removed, a button of a card that is done, a box that is closed. The
// focus then goes to what stands next to that place, so that a keyboard's user is never thrown out of the view.

/** Longer than the host takes to answer. */
const watchedMs = 2_000;
const lookEveryMs = 40;
/** Keys that may take away what has the focus, besides those that press a button. */
const removingKeys: ReadonlySet<string> = new Set(['Escape', 'Delete', 'Backspace', 'Enter']);
const focusable = 'button:not(:disabled), textarea, input';

export function keepFocus(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('click', () => watch());
  document.addEventListener('keydown', ({ key }) => {
    if (removingKeys.has(key)) watch();
  }, true);

  function watch(): void {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return;
    const path = ancestorsOf(activeElement);
    const end = performance.now() + watchedMs;
    clearTimeout(timer);
    look();

    function look(): void {
      if (document.activeElement !== activeElement && document.activeElement !== document.body) return;
      if (activeElement?.isConnected === false || (activeElement instanceof HTMLButtonElement && activeElement.disabled)) placeFor(path)?.focus({ preventScroll: true });
      else if (performance.now() < end) timer = setTimeout(look, lookEveryMs);
    }
  }
}

function ancestorsOf(element: Element): readonly Element[] {
  const path: Element[] = [];
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) path.push(at);
  return path;
}

/** In the composer the text; elsewhere the first control of what is left around the place; in the end the text too. */
function placeFor(path: readonly Element[]): HTMLElement | null {
  const text = document.querySelector<HTMLElement>('.composer-text');
  const left = path.filter((element) => element.isConnected);
  if (left.some((element) => element.matches('.composer'))) return text;
  for (const element of left) {
    if (element.matches('.log')) return element instanceof HTMLElement ? element : null;
    const control = [...element.querySelectorAll<HTMLElement>(focusable)].find((candidate) => candidate.checkVisibility());
    if (control !== undefined) return control;
  }
  return text;
}
