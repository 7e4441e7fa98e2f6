/** What Explain asks in the chat; the code goes along as context, so that the conversation can go on from it. */
export function explainRequest(target: { readonly label: string; readonly kind: 'selection' | 'symbol' | 'file'; readonly problems: number }): string {
  const what = target.kind === 'file' ? `Explain ${target.label}: its purpose, its parts and how they work together.` : `Explain ${target.label}: what it does, how, and why it may be written so.`;
  const problems = target.problems === 0 ? '' : ' Say what its problems mean.';
  return `${what}${problems} Begin with one sentence that says it all.`;
}
