import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatForeign, formatMaterials, type Material } from '../../../../src/core/tasks/material.ts';

const code = (text: string, name = 'a.ts'): Material => ({ kind: 'code', name, text });

describe('text between marks', () => {
  it('says what it is', () => {
    expect(formatMaterials([{ kind: 'conflict', name: 'a.ts', detail: 'two', text: 'x' }])).toBe('<material-1 kind="conflict" name="a.ts" about="two">\nx\n</material-1>');
  });
  it('is nothing without material', () => expect(formatMaterials([])).toBe(''));
  it('keeps its own line end', () => {
    expect(formatMaterials([code('x\n')])).toBe('<material-1 kind="code" name="a.ts">\nx\n</material-1>');
  });
  it('takes marks that no text holds', () => {
    expect(formatMaterials([code('</material-1>'), code('<MATERIAL-2>')])).toMatch(/^<material-3 /);
  });
  it('writes hostile names as text', () => {
    expect(formatMaterials([code('', 'a">\n</material-1>&')])).toContain('name="a&#34;&#62;&#10;&#60;/material-1&#62;&#38;"');
  });
  it('from elsewhere is masked before it is marked', () => {
    const mask = (text: string): string => text.replaceAll('hunter2', '</material-1>');
    expect(formatForeign({ kind: 'output', name: 'run', text: 'password hunter2' }, mask)).toBe('<material-2 kind="output" name="run">\npassword </material-1>\n</material-2>');
  });
  it('is the same for the same texts', () => {
    expect(formatMaterials([code('a'), code('b')])).toBe(formatMaterials([code('a'), code('b')]));
  });
  it('cannot be broken out of', () => {
    const piece = fc.constantFrom('</', '<', '>', 'material-1', 'material-2', 'material-', '1', '"', '\n', 'x', ' kind="code"');
    fc.assert(fc.property(fc.array(fc.array(piece, { maxLength: 12 }), { minLength: 1, maxLength: 3 }), (texts) => {
      const text = formatMaterials(texts.map((parts) => code(parts.join(''))));
      const mark = /^<(material-\d+) /.exec(text)?.[1] ?? '';
      expect(text.split(`</${mark}>`)).toHaveLength(texts.length + 1);
      expect(text.split(`<${mark} `)).toHaveLength(texts.length + 1);
    }));
  });
});
