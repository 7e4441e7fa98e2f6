// Text of the workspace between marks that it cannot close: the mark's number is the first that occurs in none of the texts. The same
// texts give the same bytes, which the prompt cache needs.

/** What comes through the context source or the changes source: gated and masked there. */
export interface Material {
  readonly kind: 'code' | 'changes' | 'conflict';
  /** Path or title. */
  readonly name: string;
  /** "lines 12 to 48 are selected". */
  readonly detail?: string;
  readonly text: string;
}

/** What comes from elsewhere: of language services, of a program that ran, of the history. */
export interface ForeignMaterial {
  readonly kind: 'problems' | 'output' | 'history';
  readonly name: string;
  readonly text: string;
}

/** The only way for it into a prompt, so that its secrets cannot be forgotten. */
export function formatForeign(material: ForeignMaterial, mask: (text: string) => string): string {
  return formatMarked([{ ...material, text: mask(material.text) }]);
}

export function formatMaterials(materials: readonly Material[]): string {
  return formatMarked(materials);
}

interface Marked {
  readonly kind: Material['kind'] | ForeignMaterial['kind'];
  readonly name: string;
  readonly detail?: string;
  readonly text: string;
}

function formatMarked(materials: readonly Marked[]): string {
  if (materials.length === 0) return '';
  const mark = freeMark(materials);
  return materials.map((material) => formatOne(material, mark)).join('\n\n');
}

function formatOne({ kind, name, detail, text }: Marked, mark: string): string {
  const about = detail === undefined ? '' : ` about="${attribute(detail)}"`;
  const ending = text === '' || text.endsWith('\n') ? '' : '\n';
  return `<${mark} kind="${kind}" name="${attribute(name)}"${about}>\n${text}${ending}</${mark}>`;
}

function freeMark(materials: readonly Marked[]): string {
  const all = materials.map((material) => material.text.toLowerCase());
  for (let number = 1; ; number += 1) {
    const mark = `material-${String(number)}`;
    if (!all.some((text) => text.includes(mark))) return mark;
  }
}

/** A file name may hold quotes, angle brackets and line ends. */
function attribute(value: string): string {
  return value.replace(/[\p{Cc}"<>&]/gu, (character) => `&#${String(character.codePointAt(0))};`);
}
