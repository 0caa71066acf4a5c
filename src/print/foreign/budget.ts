/**
 * What a file that somebody else made may cost. All limits count work, never time, so that the same file always comes
 * to the same end.
 */

/** Why a foreign file, or a part of it, cannot be drawn; the message is printed, so it is in plain words. */
export class NotDrawable extends Error {
  override readonly name = 'NotDrawable';
}

/** The file breaks the rules of its format, so that nobody knows what belongs on the page. */
export const damaged = (): NotDrawable => new NotDrawable('the file is damaged');

const LIMITS = {
  /** Words and numbers of the file that are read. */
  tokens: 4_000_000,
  /** Objects that are read. */
  objects: 60_000,
  /** Bytes gone over in search of a keyword. */
  searched: 1_000_000_000,
  /** Bytes that compressed parts unfold to. */
  unfolded: 256_000_000,
  /** Points of all pictures. */
  pixels: 400_000_000,
} as const;

export type Cost = keyof typeof LIMITS;

/** One for each foreign file, and one for all of a document. */
export class Budget {
  private readonly left: Record<Cost, number>;
  private readonly whole: Budget | undefined;

  /**
   * @param whole is charged too
   * @param times how many files it is meant for
   */
  constructor(whole?: Budget, times = 1) {
    this.whole = whole;
    this.left = { ...LIMITS };
    for (const cost of Object.keys(LIMITS) as Cost[]) this.left[cost] *= times;
  }

  /** Throws NotDrawable when the file has used up what it may cost. */
  spend(cost: Cost, amount: number): void {
    this.left[cost] -= amount;
    if (this.left[cost] < 0) throw Budget.exceeded();
    this.whole?.spend(cost, amount);
  }

  static exceeded(): NotDrawable {
    return new NotDrawable('the file asks for too much memory or work');
  }

  remaining(cost: Cost): number {
    return Math.min(this.left[cost], this.whole?.remaining(cost) ?? this.left[cost]);
  }
}
