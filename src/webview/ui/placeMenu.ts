// Places a menu beside its button inside the view, above it where there is more room. Positions are set through the CSSOM: the
// policy allows no style attributes.

const marginPx = 8;
const gapPx = 4;

export function placeMenu(menu: HTMLElement, anchor: HTMLElement): void {
  const button = anchor.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const height = document.documentElement.clientHeight;
  const above = button.top > height - button.bottom;
  const room = (above ? button.top : height - button.bottom) - gapPx - marginPx;
  menu.style.maxWidth = `${width - marginPx * 2}px`;
  menu.style.maxHeight = `${Math.max(80, room)}px`;
  const left = Math.max(marginPx, Math.min(button.left, width - marginPx - menu.offsetWidth));
  menu.style.left = `${left}px`;
  if (above) menu.style.bottom = `${height - button.top + gapPx}px`;
  else menu.style.top = `${button.bottom + gapPx}px`;
}
