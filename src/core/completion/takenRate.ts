// Whether suggestions are being taken at the moment: only then is it worth asking ahead of the user.

export interface TakenRate {
  shown(): void;
  accepted(): void;
  isHigh(): boolean;
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
    isHigh: () => recent.length >= least && recent.filter(Boolean).length * 2 >= recent.length,
  };
}
