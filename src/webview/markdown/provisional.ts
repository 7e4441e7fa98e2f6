// Nodes that stand at the end for now: final ones take their place, each morphed from what stood there.
import { morph } from './morph.ts';

/** Puts nodes where the provisional ones stand; those that are left over stay behind them. */
export function place(parent: HTMLElement, provisional: readonly Node[], nodes: readonly Node[]): { readonly placed: readonly Node[]; readonly rest: Node[] } {
  const rest = [...provisional];
  const placed = nodes.map((node) => {
    const current = rest.shift();
    return current === undefined ? parent.appendChild(node) : morph(current, node);
  });
  return { placed, rest };
}

export function replaceAll(parent: HTMLElement, provisional: readonly Node[], nodes: readonly Node[]): Node[] {
  const { placed, rest } = place(parent, provisional, nodes);
  removeAll(rest);
  return [...placed];
}

export function removeAll(nodes: readonly Node[]): Node[] {
  for (const node of nodes) node.parentNode?.removeChild(node);
  return [];
}
