/** What another extension answers, or undefined when it fails or takes too long: a slow language service must not hold up a command. */
export function withPatience<Value>(answer: PromiseLike<Value>, patienceMs: number): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), patienceMs);
    const settle = (value: Value | undefined): void => {
      clearTimeout(timer);
      resolve(value);
    };
    answer.then(settle, () => settle(undefined));
  });
}
