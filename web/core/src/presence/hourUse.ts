import type { RandomBytes } from '@safeconduct/crypto';

/**
 * Which of an hour's two slots hold visits, in one byte that is never stored (presence.md 4.2).
 *
 * Bit i: slot i holds a visit; bit 2 + i: that visit began in this hour; bit 4: the visit in slot 1 is the older.
 */
export class HourUse {
  #bits = 0;

  /** Takes a slot for a visit and returns its index. @param begins whether the visit begins in this hour */
  take(begins: boolean, random: RandomBytes): 0 | 1 {
    const slot = this.#slot(random);
    const other = this.#has(slot === 0 ? 1 : 0);
    this.#bits = (this.#bits & ~(0b101 << slot) & 0b1111) | (1 << slot) | (begins ? 0b100 << slot : 0);
    if (other && slot === 0) this.#bits |= 0b10000;
    return slot;
  }

  #slot(random: RandomBytes): 0 | 1 {
    if (!this.#has(0) && !this.#has(1)) return (random(1)[0]! & 1) === 0 ? 0 : 1;
    if (!this.#has(0)) return 0;
    if (!this.#has(1)) return 1;
    // Both taken. An hour that a visit only might have lasted into gives way first, the older one; of two visits that
    // began now the younger, so that one shop after the other does not wash the first away.
    const [older, younger] = (this.#bits & 0b10000) === 0 ? [0, 1] as const : [1, 0] as const;
    return this.#began(older) ? younger : older;
  }

  #has(slot: 0 | 1): boolean {
    return (this.#bits & (1 << slot)) !== 0;
  }

  #began(slot: 0 | 1): boolean {
    return (this.#bits & (0b100 << slot)) !== 0;
  }
}
