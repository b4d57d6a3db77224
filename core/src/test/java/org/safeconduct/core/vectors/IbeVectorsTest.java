package org.safeconduct.core.vectors;

import static org.safeconduct.core.wire.Hex.print;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbeCiphertext;
import org.safeconduct.crypto.ibe.IbePublicKey;
import org.safeconduct.crypto.ibe.IbeSecretKey;
import org.safeconduct.crypto.ibe.IdentityKey;
import org.safeconduct.crypto.ibe.PossessionProof;

/** Makes vectors/ibe.json. */
class IbeVectorsTest {
    private static final Map<String, Object> NONE = Map.of();

    private final Cases cases = new Cases();
    private final IbeSecretKey venue = Example.ibeKey(2);
    private final IbeSecretKey authority = Example.ibeKey(1);

    /** The given 32 bytes where sigma is drawn. */
    private static final class Sigma extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient byte[] sigma;

        Sigma(byte[] sigma) {
            this.sigma = sigma;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(sigma, 0, bytes, 0, bytes.length);
        }
    }

    private static byte[] bytes(int number) {
        return Hash.sha256(new byte[] {(byte) number, 9}).bytes();
    }

    private static byte[] negated(byte[] point) {
        byte[] negated = point.clone();
        negated[0] ^= 0x20;
        return negated;
    }

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        keys();
        sealing();
        parts();
        parsing();
        cases.compare("ibe.json");
    }

    private void keys() throws Exception {
        for (IbeSecretKey key : List.of(venue, authority)) {
            String secret = print(key.toBytes());
            cases.valid("key", "key " + secret.substring(0, 8), secret, NONE, () -> {
                IbeSecretKey k = IbeSecretKey.parse(HexFormat.of().parseHex(secret));
                return Json.object("public", print(k.publicKey().toBytes()), "proof", print(k.prove().toBytes()));
            });
            possession(true, "the key's own " + secret.substring(0, 8), key.publicKey(), key.prove().toBytes());
        }
        IbePublicKey p = venue.publicKey();
        byte[] rogue = p.plus(IbePublicKey.parse(negated(authority.publicKey().toBytes()))).toBytes();
        possession(false, "another key's proof", p, authority.prove().toBytes());
        possession(false, "an identity key of the key's bytes", p, venue.extract(p.toBytes()).toBytes());
        possession(false, "the negated proof", p, negated(venue.prove().toBytes()));
        possession(false, "a rogue key with its maker's proof", IbePublicKey.parse(rogue), venue.prove().toBytes());
        possession(false, "a rogue key with the authority's proof", IbePublicKey.parse(rogue), authority.prove().toBytes());
        sum(true, "of two keys", p.toBytes(), authority.publicKey().toBytes());
        sum(true, "of a key and itself", p.toBytes(), p.toBytes());
        sum(false, "of keys that cancel out", p.toBytes(), negated(p.toBytes()));
    }

    private void possession(boolean valid, String name, IbePublicKey key, byte[] proof) {
        check(valid, "possession", name, Json.object("proof", print(proof), "public", print(key.toBytes())), () -> {
            IbePublicKey.parse(key.toBytes()).verify(PossessionProof.parse(proof));
            return Json.object();
        });
    }

    private void sum(boolean valid, String name, byte[] a, byte[] b) {
        check(valid, "sum", name, List.of(print(a), print(b)),
                () -> Json.object("public", print(IbePublicKey.parse(a).plus(IbePublicKey.parse(b)).toBytes())));
    }

    private void check(boolean valid, String kind, String name, Object input, Cases.Reader reader) {
        if (valid) {
            cases.valid(kind, name, input, NONE, reader);
        } else {
            cases.refused(kind, name, input, NONE, reader);
        }
    }

    private void sealing() throws Exception {
        IbePublicKey both = venue.publicKey().plus(authority.publicKey());
        for (int i = 0; i < 3; i++) {
            byte[] identity = i == 2 ? new byte[0] : bytes(i);
            byte[] message = bytes(10 + i);
            byte[] sigma = i == 1 ? new byte[32] : bytes(20 + i);
            cases.valid("encrypt", "message " + i, Json.object("public", print(both.toBytes()), "identity", print(identity),
                    "message", print(message), "sigma", print(sigma)), NONE,
                    () -> Json.object("ciphertext", print(both.encrypt(identity, message, new Sigma(sigma)).toBytes())));
        }
        byte[] id = bytes(0);
        byte[] sealed = both.encrypt(id, bytes(10), new Sigma(bytes(20))).toBytes();
        byte[] other = both.encrypt(id, bytes(11), new Sigma(bytes(21))).toBytes();
        IdentityKey whole = venue.extract(id).plus(authority.extract(id));
        decrypt(true, "with both parts", whole, id, sealed);
        decrypt(false, "with the venue's part", venue.extract(id), id, sealed);
        decrypt(false, "with the authority's part", authority.extract(id), id, sealed);
        decrypt(false, "with twice the key", whole.plus(whole), id, sealed);
        decrypt(false, "with the negated key", IdentityKey.parse(negated(whole.toBytes())), id, sealed);
        decrypt(false, "with the key of another identity", venue.extract(bytes(1)).plus(authority.extract(bytes(1))), id, sealed);
        decrypt(false, "under another identity", whole, bytes(1), sealed);
        for (int at : new int[] {96, 127, 128, 159}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            decrypt(false, "with byte " + at + " changed", whole, id, changed);
        }
        byte[] mixed = other.clone();
        System.arraycopy(sealed, 0, mixed, 0, 96);
        decrypt(false, "with the point of another", whole, id, mixed);
        byte[] negated = negated(sealed);
        decrypt(false, "with the point negated", whole, id, negated);
    }

    /** No match is written as a failed verification. */
    private void decrypt(boolean valid, String name, IdentityKey key, byte[] identity, byte[] sealed) {
        check(valid, "decrypt", name, Json.object("ciphertext", print(sealed), "identity", print(identity), "key", print(key.toBytes())), () -> {
            byte[] message = IbeCiphertext.parse(sealed).decrypt(key, identity).orElseThrow(() -> new VerificationException("no match"));
            return Json.object("message", print(message));
        });
    }

    private void parts() throws Exception {
        for (int i = 0; i < 2; i++) {
            byte[] identity = bytes(i);
            cases.valid("extract", "identity " + i, Json.object("identity", print(identity), "secret", print(venue.toBytes())), NONE,
                    () -> Json.object("key", print(venue.extract(identity).toBytes())));
        }
        byte[] id = bytes(0);
        part(true, "of the venue", venue.publicKey(), id, venue.extract(id));
        part(true, "both under the sum", venue.publicKey().plus(authority.publicKey()), id, venue.extract(id).plus(authority.extract(id)));
        part(false, "of another identity", venue.publicKey(), bytes(1), venue.extract(id));
        part(false, "of another key", authority.publicKey(), id, venue.extract(id));
        part(false, "one under the sum", venue.publicKey().plus(authority.publicKey()), id, venue.extract(id));
        part(false, "a proof of possession", venue.publicKey(), venue.publicKey().toBytes(), IdentityKey.parse(venue.prove().toBytes()));
    }

    private void part(boolean valid, String name, IbePublicKey key, byte[] identity, IdentityKey part) {
        check(valid, "part", name, Json.object("identity", print(identity), "key", print(part.toBytes()), "public", print(key.toBytes())), () -> {
            key.verify(part, identity);
            return Json.object();
        });
    }

    private void parsing() throws MalformedException {
        byte[] order = HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
        for (byte[] number : new byte[][] {new byte[0], new byte[31], new byte[32], new byte[33], order}) {
            cases.refused("secret-key", "refuses " + (number == order ? "the group order" : number.length + " zeros"), print(number), NONE,
                    () -> IbeSecretKey.parse(number));
        }
        byte[] g1 = venue.extract(new byte[1]).toBytes();
        byte[] g2 = venue.publicKey().toBytes();
        byte[] sealed = venue.publicKey().encrypt(new byte[1], bytes(1), new Sigma(bytes(2))).toBytes();
        points("identity-key", g1, b -> print(IdentityKey.parse(b).toBytes()));
        points("proof", g1, b -> print(PossessionProof.parse(b).toBytes()));
        points("public-key", g2, b -> print(IbePublicKey.parse(b).toBytes()));
        points("ciphertext", sealed, b -> print(IbeCiphertext.parse(b).toBytes()));
    }

    private interface Parser {
        Object again(byte[] bytes) throws MalformedException;
    }

    /** The point stands at the start. */
    private void points(String kind, byte[] valid, Parser parser) {
        cases.valid(kind, "reads " + kind, print(valid), NONE, () -> Json.object("bytes", parser.again(valid)));
        String[][] starts = {{"the identity", "c0"}, {"a point outside the subgroup", "80"}, {"an uncompressed head", "00"}, {"the identity with a sign", "e0"},
            {"a coordinate that is not reduced", "9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab"}};
        for (String[] start : starts) {
            byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(start[1]), valid.length);
            refuse(kind, start[0], bytes, parser);
        }
        refuse(kind, "a byte less", Arrays.copyOf(valid, valid.length - 1), parser);
        refuse(kind, "a byte more", Arrays.copyOf(valid, valid.length + 1), parser);
        refuse(kind, "nothing", new byte[0], parser);
        byte[] flag = valid.clone();
        flag[0] ^= (byte) 0x80;
        refuse(kind, "no mark of compression", flag, parser);
    }

    private void refuse(String kind, String what, byte[] bytes, Parser parser) {
        cases.refused(kind, "refuses " + what, print(bytes), NONE, () -> parser.again(bytes));
    }
}
