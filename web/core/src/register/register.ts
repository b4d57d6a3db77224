import { MalformedError } from '@safeconduct/crypto';
import { fromHex, hex, sameOctets } from '../wire/bytes.ts';
import { leafHash } from '../wire/hash.ts';
import { rootWords } from '../wire/proquint.ts';
import { seconds } from '../wire/time.ts';
import type { AskerLine, AuthorityLine, ClosedLine, EpochLine, Leaf, Line, OfficeLine, SchemeLine, StopLine } from './line.ts';
import { parseLine, readLine } from './lineParser.ts';
import { Contents } from './rules.ts';
import { Tree } from './tree.ts';

/** Lines of the longest register that is read (register.md 5.7). */
export const MOST_LINES = 100_000;

/**
 * The lines of one office, each checked alone and against those before it (register.md 1 and 2). A value that exists
 * is valid; growing makes a new one.
 */
export class Register {
  readonly #octets: readonly Uint8Array[];
  readonly #leaves: readonly Leaf[];
  readonly #tree: Tree;
  readonly #contents: Contents;
  #earliestUnclosed: number | undefined;

  private constructor(octets: readonly Uint8Array[], leaves: readonly Leaf[], tree: Tree, contents: Contents) {
    this.#octets = octets;
    this.#leaves = leaves;
    this.#tree = tree;
    this.#contents = contents;
  }

  /**
   * Reads a register from its lines, without line ends.
   * @throws {MalformedError} no line, too many, or one that breaks a rule
   */
  static parse(lines: readonly Uint8Array[]): Register {
    if (lines.length === 0) throw new MalformedError('a register has at least one line');
    return Register.#grown([], [], Tree.EMPTY, new Contents(), lines, true);
  }

  /**
   * Reads back a register that this device has parsed before. Points, signatures and published keys are not computed
   * again: the root says that these are the lines for which that was done.
   * @throws {MalformedError} other lines than those of the root, or lines that break a rule
   */
  static restore(lines: readonly Uint8Array[], root: Uint8Array): Register {
    const register = Register.#grown([], [], Tree.EMPTY, new Contents(), lines, false);
    if (!sameOctets(register.root(), root)) throw new MalformedError('these are not the lines of that root');
    return register;
  }

  /**
   * The register with more lines behind it.
   * @throws {MalformedError} too many, or one that breaks a rule
   */
  with(lines: readonly Uint8Array[]): Register {
    return Register.#grown(this.#octets, this.#leaves, this.#tree, this.#contents.copy(), lines, true);
  }

  static #grown(
    octets: readonly Uint8Array[], leaves: readonly Leaf[], tree: Tree, contents: Contents,
    lines: readonly Uint8Array[], fresh: boolean,
  ): Register {
    if (octets.length + lines.length > MOST_LINES) throw new MalformedError(`a register has at most ${MOST_LINES} lines`);
    const hashes = lines.map((line) => {
      const hash = leafHash(line);
      contents.add(hex(hash), fresh ? parseLine(line) : readLine(line), fresh);
      return hash;
    });
    const copies = lines.map((line) => line.slice());
    return new Register([...octets, ...copies], [...leaves, ...hashes.map(hex)], tree.with(hashes), contents);
  }

  /** The number of lines, at least 1. */
  get size(): number {
    return this.#leaves.length;
  }

  /** Line 0. */
  get office(): OfficeLine {
    return this.#contents.office.line;
  }

  /** The leaf hash of line 0, which names the office for ever. */
  get officeLeaf(): Leaf {
    return this.#contents.office.leaf;
  }

  /** The eight words that name the office. */
  get officeWords(): string {
    return rootWords(fromHex(this.officeLeaf, 32));
  }

  /** The root of the first `size` lines; of all if it is left out. */
  root(size: number = this.size): Uint8Array {
    return this.#tree.root(size);
  }

  /** The eight words of the root. */
  get rootWords(): string {
    return rootWords(this.root());
  }

  /** The bytes of all lines in order. Not copied: do not change them. */
  get lines(): readonly Uint8Array[] {
    return this.#octets;
  }

  /** The leaf hash of the line at a position, or null beyond the end. */
  leafAt(position: number): Leaf | null {
    return this.#leaves[position] ?? null;
  }

  /** The line under a leaf hash, or null. */
  line(leaf: Leaf): Line | null {
    return this.#contents.lines.get(leaf) ?? null;
  }

  /** The position of the line under a leaf hash, or null. */
  positionOf(leaf: Leaf): number | null {
    return this.#contents.positions.get(leaf) ?? null;
  }

  /** The scheme under a leaf hash, or null. */
  scheme(leaf: Leaf): SchemeLine | null {
    return this.#contents.find('scheme', leaf);
  }

  /** The asker under a leaf hash, or null. */
  asker(leaf: Leaf): AskerLine | null {
    return this.#contents.find('asker', leaf);
  }

  /** The epoch under a leaf hash, or null. */
  epoch(leaf: Leaf): EpochLine | null {
    return this.#contents.find('epoch', leaf);
  }

  /** The authority under a leaf hash, or null. */
  authority(leaf: Leaf): AuthorityLine | null {
    return this.#contents.find('authority', leaf);
  }

  /** The leaf hashes of all lines of one type, in order. */
  leavesOf(type: Line['type']): readonly Leaf[] {
    return this.#leaves.filter((leaf) => this.#contents.lines.get(leaf)!.type === type);
  }

  /** The main epochs of a scheme in order of time. */
  epochsOf(scheme: Leaf): readonly Leaf[] {
    return this.#contents.epochs.get(scheme) ?? [];
  }

  /** The spare of a main epoch, or null. */
  spareOf(epoch: Leaf): Leaf | null {
    return this.#contents.spares.get(epoch) ?? null;
  }

  /** The main epoch of a spare, or null. */
  mainOf(epoch: Leaf): Leaf | null {
    return this.#contents.mains.get(epoch) ?? null;
  }

  /** The line that stops a scheme, asker or epoch, or null. */
  stopOf(target: Leaf): StopLine | null {
    return this.#contents.stops.get(target) ?? null;
  }

  /** The line that closes an epoch, or null. */
  closedOf(epoch: Leaf): ClosedLine | null {
    return this.#contents.closings.get(epoch) ?? null;
  }

  /** When the earliest epoch ends that is not closed, Unix seconds; Infinity if all are closed. Computed once. */
  get earliestUnclosed(): number {
    const ends = () => this.leavesOf('epoch').filter((leaf) => this.closedOf(leaf) === null).map((leaf) => seconds(this.epoch(leaf)!.until));
    return (this.#earliestUnclosed ??= ends().reduce((earliest, end) => Math.min(earliest, end), Infinity));
  }

  /** The Ed25519 key, 32 bytes, that signs the checkpoint of the first `size` lines (register.md 2.2). */
  registerKeyAt(size: number): Uint8Array {
    const valid = this.#contents.keys.filter(({ position }) => position < size);
    if (valid.length === 0) throw new RangeError('a checkpoint has at least one line');
    return fromHex(valid[valid.length - 1]!.key, 32);
  }
}
