// Text of the workspace between marks that it cannot close: the mark's number is the first that occurs in none of the texts. The same
// texts give the same bytes, which the prompt cache needs.

export type MaterialKind = 'code' | 'changes' | 'problems' | 'conflict' | 'history' | 'output';

export interface Material {
  readonly kind: MaterialKind;
  /** Path or title. */
  readonly name: string;
  /** "lines 12 to 48 are selected". */
  readonly detail?: string;
  readonly text: string;
}

export function formatMaterials(materials: readonly Material[]): string {
  if (materials.length === 0) return '';
  const mark = freeMark(materials);
  return materials.map((material) => formatOne(material, mark)).join('\n\n');
}

function formatOne({ kind, name, detail, text }: Material, mark: string): string {
  const about = detail === undefined ? '' : ` about="${attribute(detail)}"`;
  const ending = text === '' || text.endsWith('\n') ? '' : '\n';
  return `<${mark} kind="${kind}" name="${attribute(name)}"${about}>\n${text}${ending}</${mark}>`;
}

function freeMark(materials: readonly Material[]): string {
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
