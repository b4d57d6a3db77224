import { BbsScalar, BlindCommitment, hkdfSha256, MalformedError } from '@safeconduct/crypto';
import { BbsSecretKey, nymSign } from '@safeconduct/crypto/issuing';
import { PassGrant, type PassRequest, type SchemeLine } from '../../src/index.ts';
import { headerOf, nymBbs } from '../../src/pass/layout.ts';
import { concat, fromHex, hex, utf8 } from '../../src/wire/bytes.ts';
import { label } from '../../src/wire/hash.ts';

const API_NYM = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_PSEUDONYM_';
const MOST_SCOPES = 4;

export interface Issuing {
  readonly key: BbsSecretKey;
  readonly scheme: SchemeLine;
  readonly request: PassRequest;
  /** The 32-byte keyed hash of the person. */
  readonly row: Uint8Array;
  readonly values: readonly string[];
  /** What is signed; another one than the epoch's marks its holder. */
  readonly header?: Uint8Array;
}

/** The issuer's half (pass.md 1.3 and 1.4), as tests need it. Real issuing is Java's. */
export function issueGrant({ key, scheme, request, row, values, header = headerOf(request.epoch) }: Issuing): PassGrant {
  const commitment = fromHex(request.commitment, request.commitment.length / 2);
  const info = concat(label('entropy'), fromHex(request.epoch, 32), row, commitment);
  const entropy = BbsScalar.hash(hkdfSha256(key.toBytes(), new Uint8Array(), info, 48), `${API_NYM}H2S_`);
  const signature = nymSign(nymBbs(scheme), key, BlindCommitment.parse(commitment), entropy, header, values.map(utf8));
  return PassGrant.parse({
    entropy: hex(entropy.toBytes()), epoch: request.epoch, signature: hex(signature.toBytes()), values,
  });
}

/** Parses and verifies a commitment as an issuer does, by signing with a key that is thrown away. */
export function checkRequest(scheme: SchemeLine, request: PassRequest): void {
  const { committed } = BlindCommitment.parse(fromHex(request.commitment, request.commitment.length / 2));
  if (committed < 1 || committed > MOST_SCOPES) throw new MalformedError('a pass has one to four scopes');
  const key = BbsSecretKey.generate(new Uint8Array(32));
  issueGrant({ key, scheme, request, row: new Uint8Array(32), values: scheme.attributes.map(() => '') });
}
