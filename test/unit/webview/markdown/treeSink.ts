// Collects what the block driver decides as a plain tree, to compare with a render in one go.
import type { BlockSink } from '../../../../src/webview/markdown/blockSink.ts';
import type { Token } from '../../../../src/webview/markdown/parser.ts';

export interface TreeNode {
  readonly tag: string;
  readonly text: string;
  readonly children: TreeNode[];
}

export interface TreeSink extends BlockSink {
  readonly blocks: TreeNode[];
  readonly shown: () => readonly TreeNode[];
}

export function createTreeSink(): TreeSink {
  const blocks: TreeNode[] = [];
  let provisional: { readonly nodes: readonly TreeNode[]; readonly continues: boolean } = { nodes: [], continues: false };
  let code: string[] | undefined;
  let info = '';
  let plain: string[] | undefined;

  return {
    blocks,
    shown: () => merge(structuredClone(blocks), provisional.nodes, provisional.continues),
    commit: (tokens, continues) => {
      merge(blocks, toTree(tokens), continues);
      provisional = { nodes: [], continues: false };
    },
    show: (tokens, continues) => {
      provisional = { nodes: toTree(tokens), continues };
    },
    openFence: (opened) => {
      provisional = { nodes: [], continues: false };
      info = opened;
      code = [];
    },
    appendCode: (text) => void code?.push(text),
    closeFence: () => {
      blocks.push({ tag: 'fence', text: fenceText(info, (code ?? []).join('')), children: [] });
      code = undefined;
    },
    appendPlain: (text) => {
      provisional = { nodes: [], continues: false };
      plain ??= [];
      plain.push(text);
    },
    endPlain: () => {
      blocks.push({ tag: 'plain', text: (plain ?? []).join(''), children: [] });
      plain = undefined;
    },
  };
}

function merge(into: TreeNode[], nodes: readonly TreeNode[], continues: boolean): TreeNode[] {
  const [first, ...others] = nodes;
  if (!continues || first === undefined) into.push(...nodes);
  else {
    rowsOf(into.at(-1)).push(...rowsOf(first));
    into.push(...others);
  }
  return into;
}

/** The items of a list; the body rows of a table. */
function rowsOf(node: TreeNode | undefined): TreeNode[] {
  if (node === undefined) throw new Error('Nothing to continue');
  return node.tag === 'table' ? (node.children.find((child) => child.tag === 'tbody')?.children ?? []) : node.children;
}

export function toTree(tokens: readonly Token[]): TreeNode[] {
  const root: TreeNode = { tag: 'root', text: '', children: [] };
  const stack = [root];
  for (const token of tokens) {
    if (token.nesting === -1) {
      stack.pop();
      continue;
    }
    const text = token.type === 'fence' ? fenceText(token.info, token.content) : token.type === 'inline' ? inlineText(token) : token.content;
    const node: TreeNode = { tag: token.type === 'fence' ? 'fence' : token.type === 'inline' ? 'inline' : token.tag, text, children: [] };
    stack.at(-1)?.children.push(node);
    if (token.nesting === 1) stack.push(node);
  }
  return root.children;
}

/** White space after the last line of code is not seen, and differs where the text ends without a line end. */
function fenceText(info: string, content: string): string {
  return `${info.trim()}|${content.trimEnd()}`;
}

function inlineText(token: Token): string {
  return (token.children ?? []).map((child) => `${child.type}(${child.attrGet('href') ?? ''}${child.content})`).join('');
}
