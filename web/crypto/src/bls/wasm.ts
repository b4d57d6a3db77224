/*
 * WebAssembly modules, put together from the few instructions that the arithmetic of a field needs (WebAssembly Core
 * Specification 2.0, chapter 5). Every function takes addresses in one memory and returns nothing.
 */

/** Bytes of a page of memory. */
const PAGE = 65_536;

const I32 = 0x7f;
const I64 = 0x7e;

/** A place in memory: a distance from an address that a function was given, or from its beginning. */
export interface Ref {
  /** The parameter that holds the address; without it, none. */
  readonly parameter?: number;
  readonly offset: number;
}

export const at = (offset: number): Ref => ({ offset });
export const plus = ({ offset, ...ref }: Ref, distance: number): Ref => ({ ...ref, offset: offset + distance });

/** The body of a function. Instructions take their operands from a stack and leave their result there. */
export class Body {
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #parameters: number;
  readonly #bytes: number[] = [];
  #locals = 0;

  constructor(parameters: number, indexes: ReadonlyMap<string, number>) {
    this.#parameters = parameters;
    this.#indexes = indexes;
  }

  /** Declares so many variables of 64 bits. */
  locals(count: number): number[] {
    const first = this.#parameters + this.#locals;
    this.#locals += count;
    return Array.from({ length: count }, (_, i) => first + i);
  }

  get(local: number): this {
    return this.#emit(0x20, ...unsigned(local));
  }

  set(local: number): this {
    return this.#emit(0x21, ...unsigned(local));
  }

  const32(value: number): this {
    return this.#emit(0x41, ...signed(BigInt(value)));
  }

  const64(value: bigint): this {
    return this.#emit(0x42, ...signed(value));
  }

  add32(): this {
    return this.#emit(0x6a);
  }

  sub32(): this {
    return this.#emit(0x6b);
  }

  mul32(): this {
    return this.#emit(0x6c);
  }

  add(): this {
    return this.#emit(0x7c);
  }

  sub(): this {
    return this.#emit(0x7d);
  }

  mul(): this {
    return this.#emit(0x7e);
  }

  and(): this {
    return this.#emit(0x83);
  }

  /** Shifts to the right and keeps the sign. */
  shift(): this {
    return this.#emit(0x87);
  }

  /** Reads 32 bits. */
  load32(ref: Ref): this {
    return this.#base(ref).#emit(0x28, 2, ...unsigned(ref.offset));
  }

  /** Reads 64 bits. */
  load(ref: Ref): this {
    return this.#base(ref).#emit(0x29, 3, ...unsigned(ref.offset));
  }

  /** Reads 32 bits with their sign into 64. */
  loadSigned(ref: Ref): this {
    return this.#base(ref).#emit(0x34, 2, ...unsigned(ref.offset));
  }

  /** Writes what `value` leaves. */
  store32(ref: Ref, value: () => void): this {
    return this.#store(0x36, 2, ref, value);
  }

  /** Writes what `value` leaves. */
  store(ref: Ref, value: () => void): this {
    return this.#store(0x37, 3, ref, value);
  }

  /** Writes the lower 32 of 64 bits. */
  storeLow(ref: Ref, value: () => void): this {
    return this.#store(0x3e, 2, ref, value);
  }

  call(name: string, ...refs: readonly Ref[]): this {
    for (const { parameter, offset } of refs) {
      if (parameter === undefined) this.const32(offset);
      else if (offset === 0) this.get(parameter);
      else this.get(parameter).const32(offset).add32();
    }
    return this.#emit(0x10, ...unsigned(this.#indexes.get(name)!));
  }

  bytes(): number[] {
    const locals = this.#locals === 0 ? [0] : [1, ...unsigned(this.#locals), I64];
    return sized([...locals, ...this.#bytes, 0x0b]);
  }

  #store(instruction: number, alignment: number, ref: Ref, value: () => void): this {
    this.#base(ref);
    value();
    return this.#emit(instruction, alignment, ...unsigned(ref.offset));
  }

  #base({ parameter }: Ref): this {
    return parameter === undefined ? this.const32(0) : this.get(parameter);
  }

  #emit(...bytes: readonly number[]): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }
}

/** Functions of a module, each of which may call those before it. */
export class Functions {
  readonly #indexes = new Map<string, number>();
  readonly #parameters: number[] = [];
  readonly #bodies: number[][] = [];

  /** @param write is given the parameters as places */
  add(name: string, parameters: number, write: (body: Body, ...refs: Ref[]) => void): void {
    const body = new Body(parameters, this.#indexes);
    write(body, ...Array.from({ length: parameters }, (_, parameter) => ({ parameter, offset: 0 })));
    this.#indexes.set(name, this.#bodies.length);
    this.#parameters.push(parameters);
    this.#bodies.push(body.bytes());
  }

  /** The module, with all functions and a memory of so many bytes for its user to see. */
  module(memory: number): Uint8Array<ArrayBuffer> {
    const most = Math.max(...this.#parameters);
    const exports = [...this.#indexes].map(([name, index]) => [...text(name), 0x00, ...unsigned(index)]);
    return Uint8Array.from([
      0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
      ...section(1, Array.from({ length: most + 1 }, (_, count) => [0x60, count, ...Array<number>(count).fill(I32), 0])),
      ...section(3, this.#parameters.map((count) => [count])),
      ...section(5, [[0x00, ...unsigned(Math.ceil(memory / PAGE))]]),
      ...section(7, [...exports, [...text('memory'), 0x02, 0]]),
      ...section(10, this.#bodies),
    ]);
  }
}

const section = (id: number, items: readonly (readonly number[])[]): number[] =>
  [id, ...sized([...unsigned(items.length), ...items.flat()])];

const sized = (bytes: readonly number[]): number[] => [...unsigned(bytes.length), ...bytes];

const text = (name: string): number[] => sized([...new TextEncoder().encode(name)]);

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128. */
function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const ends = (low & 0x40) === 0 ? rest === 0n : rest === -1n;
  return ends ? [low] : [low | 0x80, ...signed(rest)];
}
