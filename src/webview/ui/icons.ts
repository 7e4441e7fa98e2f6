// The codicons that the view uses, their paths inlined at build (esbuild.js): an icon font would need a font source in the policy.
import add from '@vscode/codicons/src/icons/add.svg';
import apply from '@vscode/codicons/src/icons/diff-single.svg';
import back from '@vscode/codicons/src/icons/arrow-left.svg';
import check from '@vscode/codicons/src/icons/check.svg';
import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import chevronLeft from '@vscode/codicons/src/icons/chevron-left.svg';
import chevronRight from '@vscode/codicons/src/icons/chevron-right.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import copy from '@vscode/codicons/src/icons/copy.svg';
import down from '@vscode/codicons/src/icons/arrow-down.svg';
import edit from '@vscode/codicons/src/icons/edit.svg';
import exportIcon from '@vscode/codicons/src/icons/export.svg';
import importIcon from '@vscode/codicons/src/icons/sign-in.svg';
import insert from '@vscode/codicons/src/icons/insert.svg';
import newFile from '@vscode/codicons/src/icons/new-file.svg';
import refresh from '@vscode/codicons/src/icons/refresh.svg';
import request from '@vscode/codicons/src/icons/code.svg';
import send from '@vscode/codicons/src/icons/arrow-up.svg';
import shield from '@vscode/codicons/src/icons/shield.svg';
import stop from '@vscode/codicons/src/icons/primitive-square.svg';
import swap from '@vscode/codicons/src/icons/arrow-swap.svg';
import trash from '@vscode/codicons/src/icons/trash.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';

const sources = {
  add, apply, back, check, chevronDown, chevronLeft, chevronRight, close, copy, down, edit, export: exportIcon, import: importIcon,
  insert, newFile, refresh, request, send, shield, stop, swap, trash, warning,
} as const;

export type IconName = keyof typeof sources;

const svgNamespace = 'http://www.w3.org/2000/svg';

export function createIcon(name: IconName): SVGElement {
  const icon = document.createElementNS(svgNamespace, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  for (const data of iconPaths(name)) {
    const path = document.createElementNS(svgNamespace, 'path');
    path.setAttribute('d', data);
    icon.append(path);
  }
  return icon;
}

export function iconPaths(name: IconName): readonly string[] {
  return sources[name].split('\n');
}
