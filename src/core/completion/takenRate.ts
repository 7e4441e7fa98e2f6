// Whether suggestions are being taken at the moment: only then is it worth asking ahead of the user.

export interface TakenRate {
  shown(): void;
  accepted(): void;
  isHigh(): boolean;
  /** Suggestions taken one after the other, up to the last one that was shown. */
  streak(): number;
}

const remembered = 8;
const least = 4;

export function createTakenRate(): TakenRate {
  let recent: readonly boolean[] = [];
  return {
    shown() {
      recent = [...recent, false].slice(-remembered);
    },
    accepted() {
      recent = [...recent.slice(0, -1), true];
    },
    streak: () => recent.length - 1 - recent.lastIndexOf(false),
    isHigh: () => recent.length >= least && recent.filter(Boolean).length * 2 >= recent.length,
  };
}
