// Blocks that go on: lists and tables take more items and rows, and very long ones are drawn as several.

/** The children of a continued container, and the blocks after it. */
export function divide(nodes: readonly HTMLElement[], continues: boolean): { readonly items: readonly Node[]; readonly blocks: readonly Node[]; readonly loose: boolean } {
  const [first, ...others] = nodes;
  if (!continues || first === undefined) return { items: [], blocks: nodes, loose: false };
  return { items: [...(containerOf(first)?.childNodes ?? [])], blocks: others, loose: first.classList.contains('loose') };
}

/** An empty one of the same kind: the same list, counted on, or a table without a head. */
export function continueContainer(container: HTMLElement): HTMLElement {
  if (container.tagName !== 'TBODY') {
    const list = shallowCopy(container);
    if (list instanceof HTMLOListElement && container instanceof HTMLOListElement) list.start = container.start + container.childElementCount;
    return list;
  }
  const wrapper = shallowCopy(container.closest<HTMLElement>('.table') ?? container);
  const table = document.createElement('table');
  table.append(document.createElement('tbody'));
  wrapper.append(table);
  return wrapper;
}

export function containerOf(node: Node | undefined): HTMLElement | undefined {
  if (!(node instanceof HTMLElement)) return undefined;
  if (node.tagName === 'UL' || node.tagName === 'OL') return node;
  return node.querySelector<HTMLElement>(':scope > table > tbody') ?? undefined;
}

function shallowCopy(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(false);
  if (!(copy instanceof HTMLElement)) throw new Error('A copy of another kind');
  copy.classList.add('continued');
  return copy;
}
