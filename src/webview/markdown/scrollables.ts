// Code and tables that are wider than the panel take the keyboard focus, so that they can be scrolled without a mouse; those that
// fit are no stops on the way.

export interface Scrollables {
  /** A code card or a table that is complete. */
  readonly add: (element: HTMLElement) => void;
}

export function createScrollables(): Scrollables {
  const observer = new ResizeObserver((entries) => {
    // All widths are read before any attribute is set: one layout, not one for each.
    const wide = entries.map(({ target }) => target.scrollWidth > target.clientWidth + 1);
    entries.forEach(({ target }, index) => {
      if (wide[index] === true) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    });
  });
  return { add: (element) => observer.observe(element.querySelector('pre') ?? element) };
}
