import { parseScalar, SCALAR_LENGTH, scalarOctets } from '../bls/scalar.ts';

/** secret_prover_blind: what hides the committed scalars from the signer. The holder keeps it beside the signature. */
export class ProverBlind {
  /** Octets of a blind. */
  static readonly LENGTH = SCALAR_LENGTH;

  readonly #value: bigint;

  private constructor(value: bigint) {
    this.#value = value;
  }

  /**
   * Reads what {@link toBytes} wrote.
   * @throws {MalformedError} not 32 octets, or not from 1 to r - 1
   */
  static parse(octets: Uint8Array): ProverBlind {
    return new ProverBlind(parseScalar(octets));
  }

  /** @internal */
  static of(value: bigint): ProverBlind {
    return new ProverBlind(value);
  }

  /** @internal */
  get value(): bigint {
    return this.#value;
  }

  /** 32 octets for the holder's storage. */
  toBytes(): Uint8Array {
    return scalarOctets(this.#value);
  }

  toString(): string {
    return 'ProverBlind[secret]';
  }
}
