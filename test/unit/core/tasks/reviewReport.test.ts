import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, formatReviewReport } from '../../../../src/core/tasks/reviewReport.ts';
import { english } from '../../../../src/core/translate.ts';
import type { Finding } from '../../../../src/core/tasks/findingCheck.ts';

const markdown = new MarkdownIt({ linkify: true, html: true });
const base: Finding = { id: '1', path: 'src/a.ts', startLine: 3, endLine: 4, severity: 'error', title: 'Divides by zero', reason: 'When the list is empty.' };

const report = (findings: readonly Finding[], dropped = 0): string => formatReviewReport({ subject: 'a.ts', findings, dropped, notes: [], cost: 'review → m · $0.01' }, english);

describe('a review as markdown', () => {
  it('says place, title and reason', () => {
    expect(report([base])).toBe('# Review of a.ts\n\n## Errors\n\n### Divides by zero\n\n`src/a.ts:3–4`\n\nWhen the list is empty.\n\n_review → m · \\$0.01_\n');
  });
  it('says that nothing was found', () => expect(report([])).toContain('No findings.'));
  it('says how many were dropped', () => {
    expect(report([], 3)).toContain('3 findings pointed at no line under review and were dropped.');
    expect(report([], 1)).toContain('1 finding pointed at no line under review and was dropped.');
  });
  it('says by what it went and what it left out, with no link in it', () => {
    const text = formatReviewReport({ subject: 'a.ts', findings: [base], dropped: 1, notes: ['2 files may not be sent and were left out.', 'It follows [AGENTS](https://sink).md.'], cost: '' }, english);
    expect(text).toContain('dropped.\n\n2 files may not be sent and were left out.\n\nIt follows');
    expect(markdown.render(text)).not.toContain('<a');
  });
  it('orders by severity, then file, then line', () => {
    const titles = [...report([{ ...base, severity: 'info', title: 'd' }, { ...base, startLine: 9, title: 'b' }, { ...base, startLine: 1, title: 'a' }, { ...base, path: 'src/b.ts', severity: 'error', title: 'c' }]).matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    expect(titles).toEqual(['a', 'b', 'c', 'd']);
  });
  it('shows the suggested edit in a fence that its text cannot close', () => {
    const text = report([{ ...base, suggestion: { oldText: 'a\n', newText: '````\nb\n' } }]);
    expect(text).toContain('`````\n````\nb\n`````');
  });
  it('keeps a hostile path in its code span', () => {
    expect(report([{ ...base, path: 'a`\n![x](https://sink)`.ts' }])).not.toContain('\n![x]');
  });
});

describe('words of a model in markdown', () => {
  const hostile = ['![x](https://sink/?q=1)', '[a](command:evil)', '<img src=x onerror=alert(1)>', '# title', '- item', '1. item', 'a\n===', 'https://sink.example', 'www.sink.example', '**b**', '~~~\ncode', '[x]: https://sink', '&lt;b&gt;', '|a|b|', '$(zap)', '> quote'];
  it('are text and nothing else', () => {
    for (const words of hostile) {
      const html = markdown.render(escapeMarkdown(words));
      expect(html).not.toMatch(/<(?!\/?(?:p|code|br)\b)[a-z]/i);
      expect(html).not.toContain('<a');
    }
  });
  it('read as they were written', () => {
    for (const words of ['a * b_c < d', 'x[0] = {y}', '50% & more', 'C# and C++']) expect(markdown.render(escapeMarkdown(words)).replace(/<\/?p>|\n$/g, '').replaceAll('&lt;', '<').replaceAll('&amp;', '&')).toBe(words);
  });
  it('keep code spans', () => {
    expect(markdown.render(escapeMarkdown('call `f(x)` here'))).toBe('<p>call <code>f(x)</code> here</p>\n');
  });
  it('never make a link, an image or a tag', () => {
    const pieces = fc.array(fc.constantFrom('[', ']', '(', ')', '!', '<', '>', '`', 'https://a.b', 'www.', '\n', ' ', 'a', '\\', '"', '*', '_', '&', '#', '-', '='), { maxLength: 25 });
    fc.assert(fc.property(pieces, (parts) => {
      expect(markdown.render(escapeMarkdown(parts.join('')))).not.toMatch(/<(?:a|img|h\d|ul|ol|blockquote|script)\b/);
    }));
  });
});
