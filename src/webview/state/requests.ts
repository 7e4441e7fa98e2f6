// Requests that the host answers under their number. Of each kind only the latest answer counts, but for ranges of messages.

export interface LatestRequest {
  next(): number;
  isLatest(requestId: number): boolean;
}

export function createLatestRequest(): LatestRequest {
  let last = 0;
  return {
    next: () => {
      last += 1;
      return last;
    },
    isLatest: (requestId) => requestId === last,
  };
}
