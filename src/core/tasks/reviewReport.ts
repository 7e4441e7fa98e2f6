import type { Translate } from '../translate.ts';
import type { Finding } from './findingCheck.ts';
import { severities, type Severity } from './findings.ts';

export interface ReviewReport {
  readonly subject: string;
  readonly findings: readonly Finding[];
  readonly dropped: number;
  /** Whole sentences on what the review did not do, or did by. */
  readonly notes: readonly string[];
  /** "Review → Sonnet 4.6 · 2,310 in, 840 out · $0.0071". */
  readonly cost: string;
}

/** The findings as markdown, by severity and place. What a model wrote is data: its markdown and links are taken apart. */
export function formatReviewReport(report: ReviewReport, translate: Translate): string {
  const sections = severities.flatMap((severity) => section(severity, report.findings.filter((finding) => finding.severity === severity), translate));
  const none = report.findings.length === 0 ? [translate('No findings.'), ''] : [];
  const dropped = report.dropped === 0 ? [] : [droppedWords(report.dropped, translate), ''];
  return [`# ${translate('Review of {subject}', { subject: escapeMarkdown(report.subject) })}`, '', ...none, ...sections, ...dropped, ...report.notes.flatMap((note) => [escapeMarkdown(note), '']), `_${escapeMarkdown(report.cost)}_`, ''].join('\n');
}

function droppedWords(count: number, translate: Translate): string {
  return count === 1 ? translate('1 finding pointed at no line under review and was dropped.') : translate('{count} findings pointed at no line under review and were dropped.', { count });
}

function severityWord(severity: Severity, translate: Translate): string {
  switch (severity) {
    case 'error': return translate('Errors');
    case 'warning': return translate('Warnings');
    case 'info': return translate('Notes');
  }
}

function section(severity: Severity, findings: readonly Finding[], translate: Translate): readonly string[] {
  if (findings.length === 0) return [];
  const ordered = findings.toSorted((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : left.startLine - right.startLine));
  return [`## ${severityWord(severity, translate)}`, '', ...ordered.flatMap((finding) => entry(finding, translate))];
}

function entry(finding: Finding, translate: Translate): readonly string[] {
  const place = `${finding.path}:${String(finding.startLine)}${finding.endLine > finding.startLine ? `–${String(finding.endLine)}` : ''}`;
  const edit = finding.suggestion === undefined ? [] : [translate('Suggested:'), '', ...fenced(finding.suggestion.newText), ''];
  return [`### ${escapeMarkdown(finding.title)}`, '', codeSpan(place), '', ...(finding.reason === '' ? [] : [escapeMarkdown(finding.reason), '']), ...edit];
}

function codeSpan(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, ' ')}\``;
}

function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, text.replace(/\n$/, ''), fence];
}

/** So that nothing in it becomes an image, a link, a tag or a heading. Code spans stay; addresses become code, which no renderer links. */
export function escapeMarkdown(text: string): string {
  return text.split(/(`[^`\n]+`|(?:https?|ftp|www)[:.][^\s<>`]+)/i).map((part, index) => (index % 2 === 1 ? codeSpan(part.replace(/^`|`$/g, '')) : escapePlain(part))).join('');
}

function escapePlain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&$]/g, (character) => `\\${character}`).replace(/^(\s*)(\d+)([.)])/gm, '$1$2\\$3').replace(/^(\s*)([-=])/gm, '$1\\$2');
}
