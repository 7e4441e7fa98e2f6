// Makes one node look like another while keeping what is equal: text grows by appending, so a selection in it survives, and
// nothing is laid out again that did not change.

/** Returns the node that stands in the place of `current` afterwards. */
export function morph(current: Node, wanted: Node): Node {
  if (current instanceof Text && wanted instanceof Text) {
    morphText(current, wanted);
    return current;
  }
  if (!(current instanceof HTMLElement) || !(wanted instanceof HTMLElement) || current.tagName !== wanted.tagName) {
    current.parentNode?.replaceChild(wanted, current);
    return wanted;
  }
  morphAttributes(current, wanted);
  morphChildren(current, wanted);
  return current;
}

function morphText(current: Text, wanted: Text): void {
  if (current.data === wanted.data) return;
  if (wanted.data.startsWith(current.data)) current.appendData(wanted.data.slice(current.data.length));
  else current.data = wanted.data;
}

function morphAttributes(current: HTMLElement, wanted: HTMLElement): void {
  for (const { name, value } of wanted.attributes) {
    if (current.getAttribute(name) !== value) current.setAttribute(name, value);
  }
  for (const name of current.getAttributeNames()) {
    if (!wanted.hasAttribute(name)) current.removeAttribute(name);
  }
}

function morphChildren(current: HTMLElement, wanted: HTMLElement): void {
  let child = current.firstChild;
  let next = wanted.firstChild;
  while (next !== null) {
    const following = next.nextSibling;
    if (child === null) current.append(next);
    else child = morph(child, next).nextSibling;
    next = following;
  }
  while (child !== null) {
    const following = child.nextSibling;
    child.remove();
    child = following;
  }
}
