/** Grows with its text up to half of the view; beyond that it scrolls. */
export function fitTextarea(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  const limit = Math.max(60, document.documentElement.clientHeight / 2 - 80);
  box.style.height = `${Math.min(box.scrollHeight, limit)}px`;
  box.style.overflowY = box.scrollHeight > limit ? 'auto' : 'hidden';
}
