import { IbeCiphertext, IbePublicKey, IdentityKey, PossessionProof, VerificationError } from '@safeconduct/crypto';
import { IbeSecretKey } from '@safeconduct/crypto/extracting';
import {
  ADVICE, Diary, hourOf, type PlacedAuthority, type Register, scan, seconds, TracingSheet, Upload, VENUE_KINDS, VenueCode, Warning,
  WarningChain,
} from '../../src/index.ts';
import { hex } from '../../src/wire/bytes.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const same = (value: { toBytes(): Uint8Array }) => ({ bytes: hex(value.toBytes()) });

/** Readers of vectors/ibe.json. */
export const IBE_KINDS: Readonly<Record<string, (input: any) => unknown>> = {
  key: (input) => {
    const key = IbeSecretKey.parse(bytes(input));
    return { public: hex(key.publicKey.toBytes()), proof: hex(key.prove().toBytes()) };
  },
  possession: ({ public: key, proof }) => {
    IbePublicKey.parse(bytes(key)).verify(PossessionProof.parse(bytes(proof)));
    return {};
  },
  sum: ([one, other]) => ({ public: hex(IbePublicKey.parse(bytes(one)).plus(IbePublicKey.parse(bytes(other))).toBytes()) }),
  encrypt: ({ public: key, identity, message, sigma }) =>
    ({ ciphertext: hex(IbePublicKey.parse(bytes(key)).encrypt(bytes(identity), bytes(message), () => bytes(sigma)).toBytes()) }),
  decrypt: ({ key, identity, ciphertext }) => {
    const message = IbeCiphertext.parse(bytes(ciphertext)).decrypt(IdentityKey.parse(bytes(key)), bytes(identity));
    if (message === null) throw new VerificationError('no match');
    return { message: hex(message) };
  },
  extract: ({ secret, identity }) => ({ key: hex(IbeSecretKey.parse(bytes(secret)).extract(bytes(identity)).toBytes()) }),
  part: ({ public: key, identity, key: part }) => {
    IbePublicKey.parse(bytes(key)).verifyPart(IdentityKey.parse(bytes(part)), bytes(identity));
    return {};
  },
  'secret-key': (input) => same(IbeSecretKey.parse(bytes(input))),
  'identity-key': (input) => same(IdentityKey.parse(bytes(input))),
  proof: (input) => same(PossessionProof.parse(bytes(input))),
  'public-key': (input) => same(IbePublicKey.parse(bytes(input))),
  ciphertext: (input) => same(IbeCiphertext.parse(bytes(input))),
};

/** Readers of vectors/presence.json; `register` is the file's example. */
export const PRESENCE_KINDS: Readonly<Record<string, (input: any, given: any, register: () => Register) => unknown>> = {
  'venue-code': (input, { expect: { hour } }) => {
    const code = VenueCode.parseBytes(bytes(input));
    const { name, place, room, kind, stay, region, end } = code.poster;
    return {
      text: code.toText(), name, place, room, kind: VENUE_KINDS.indexOf(kind), stay, region, end, authority: code.authority, hour,
      identity: hex(code.identity(hour)), message: hex(code.message(hour)),
    };
  },
  scan: ({ text, now }, _, register) => {
    const scanned = scan(text, [register()], seconds(now));
    return { outcome: scanned.kind === 'REFUSED' ? scanned.reason : scanned.kind };
  },
  'tracing-sheet': (input, { hour }) => {
    const sheet = TracingSheet.parse(input);
    const posters = sheet.posters.map((poster) => sheet.part(poster, hour));
    return { posters: posters.map(({ venue, part, slip }) => ({ venue: hex(venue.toBytes()), part: hex(part.toBytes()), slip })) };
  },
  upload: (input) => Upload.parse(Buffer.from(input)),
  accept: (input, { case: of, now, authority }, register) =>
    ({ hours: accept(Upload.parse(Buffer.from(input)), of, placed(register(), authority), seconds(now)) }),
  match: ({ slots, warning, advice, day }) => {
    const matches = Diary.parse(bytes(slots), 14).match([Warning.parse(bytes(warning))]);
    const found = matches.length === 1 && matches[0]!.notice.advice === ADVICE[advice] && matches[0]!.notice.day === day;
    return { outcome: found ? 'MATCH' : 'NONE' };
  },
  diary: (input) => {
    const diary = Diary.parse(bytes(input), 14);
    diary.check();
    return same(diary);
  },
  follow: (input, { index, authority, region, read }, register) => {
    const of = placed(register(), authority);
    const chain = WarningChain.fromJson({ ...WarningChain.begin(authority, region).toJson(), read });
    const step = chain.accept(chain.index(bytes(index), of), bytes(input), of);
    const { batch, sequence } = step.chain.toJson().read!;
    return { batch, sequence, warnings: step.warnings.length, first: hex(step.warnings[0]!.toBytes()) };
  },
};

const placed = (register: Register, leaf: string): PlacedAuthority => ({ leaf, line: register.authority(leaf)! });

/** presence.md 5.2, the authority's side, which is Java's: here for the cases alone. */
function accept({ token, hours }: Upload, of: any, authority: PlacedAuthority, now: number): number[] {
  if (token.hash !== of.token) throw new VerificationError('another token');
  for (const { venue, hour, part } of hours) {
    if (venue.authority !== authority.leaf || venue.poster.region !== of.region) throw new VerificationError('another authority or region');
    const oldest = hourOf(now) + 1 - authority.line.retention * 24;
    if (hour < of.from || hour > of.until || hour < oldest || hour > hourOf(now)) throw new VerificationError('another hour');
    venue.key.verifyPart(part, venue.identity(hour));
  }
  return hours.map(({ hour }) => hour);
}
