/** The same model's id with dots for dashes or the reverse: "claude-opus-4.8" and "claude-opus-4-8". Undefined when there is no other. */
export function otherSpelling(model: string): string | undefined {
  const dashed = model.replace(/(\d)\.(\d)/g, '$1-$2');
  if (dashed !== model) return dashed;
  // One or two digits: longer numbers are the date of a snapshot.
  const dotted = model.replace(/(?<=-)(\d{1,2})-(\d{1,2})(?=$|-)/, '$1.$2');
  return dotted === model ? undefined : dotted;
}
