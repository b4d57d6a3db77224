import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.Issuer;
import org.safeconduct.core.pass.NoAnswer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PassRequest;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Stamp;
import org.safeconduct.core.pass.Verdict;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.bbs.BbsSecretKey;

/**
 * The Java half of the interop run: an office, a wallet and a door behind standard input and output, one JSON object a line
 * each way. Runs as it is, on the built jar: {@code java -cp app/target/safeconduct.jar Peer.java}.
 */
public final class Peer {
    private static final int LONGEST = 1 << 20;

    private final SecureRandom random = new SecureRandom();
    private final Map<Hash, BbsSecretKey> keys = new HashMap<>();
    private KnownRegister known;
    private PendingPass pending;
    private Pass pass;

    public static void main(String[] args) throws Exception {
        Peer peer = new Peer();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(new String(peer.answer(Json.parseLoosely(line.getBytes(StandardCharsets.UTF_8), LONGEST)).print(),
                    StandardCharsets.UTF_8));
        }
    }

    private Json answer(Json asked) throws Exception {
        Map<String, Json> given = asked.members();
        return switch (given.get("do").string()) {
            case "meet" -> meet(given);
            case "issue" -> issue(given);
            case "request" -> request(given);
            case "receive" -> receive(given);
            case "show" -> show(given);
            case "check" -> check(given);
            default -> throw new IllegalArgumentException(given.get("do").string());
        };
    }

    private Json meet(Map<String, Json> given) throws Exception {
        List<byte[]> lines = new ArrayList<>();
        for (String line : texts(given.get("lines"))) {
            lines.add(bytes(line));
        }
        for (Map.Entry<String, Json> key : given.get("keys").members().entrySet()) {
            keys.put(Hash.parse(key.getKey()), BbsSecretKey.parse(bytes(key.getValue().string())));
        }
        known = switch (KnownRegister.first(lines, bytes(given.get("note").string()), now(given))) {
            case Acceptance.Accepted accepted -> accepted.known();
            case Acceptance other -> throw new IllegalStateException(other.toString());
        };
        return Json.object("words", known.register().words());
    }

    private Json issue(Map<String, Json> given) throws Exception {
        Hash epoch = hash(given, "epoch");
        PassRequest request = PassRequest.parse(epoch, bytes(given.get("commitment").string()));
        PassGrant grant = Issuer.of(register(), epoch, keys.get(epoch))
                .issue(request, Hash.sha256(request.commitment().toBytes()), texts(given.get("values")));
        return Json.object("entropy", Hex.print(grant.entropyBytes()), "epoch", epoch, "signature",
                Hex.print(grant.signatureBytes()), "values", grant.values());
    }

    private Json request(Map<String, Json> given) throws Exception {
        pending = PendingPass.create(register(), hash(given, "epoch"), random);
        return Json.object("commitment", Hex.print(pending.request().commitment().toBytes()), "epoch", pending.epoch());
    }

    /** Takes the grant and keeps the pass as a wallet does that is closed and opened again. */
    private Json receive(Map<String, Json> given) throws Exception {
        Pass received = pending.receive(PassGrant.parse(hash(given, "epoch"), bytes(given.get("signature").string()),
                bytes(given.get("entropy").string()), texts(given.get("values"))));
        pass = Pass.parse(received.toBytes(), register());
        return Json.object();
    }

    private Json show(Map<String, Json> given) throws Exception {
        return switch (Consent.of(question(given), 0, pass, known, now(given))) {
            case Consent agreed -> Json.object("code", pass.show(agreed, random).text());
            case NoAnswer reason -> throw new IllegalStateException(reason.name());
        };
    }

    private Json check(Map<String, Json> given) throws Exception {
        Checker checker = given.get("question").isNull()
                ? Checker.byDefault(Optional.of(known), List.of(hash(given, "scheme")), false, List.of())
                : Checker.asking(Optional.of(known), question(given), false, List.of());
        return switch (checker.check(given.get("code").string(), now(given))) {
            case Verdict.Accepted accepted -> Json.object("verdict", "ACCEPTED", "disclosed", accepted.disclosed(), "stamp",
                    accepted.stamp().map(Stamp::bytes).map(Hex::print).orElse(null));
            case Verdict.Refused refused -> Json.object("verdict", "REFUSED", "reason", refused.reason().name());
            case Verdict.CannotTell doubt -> Json.object("verdict", "CANNOT_TELL", "reason", doubt.reason().name());
            case Verdict.Specimen specimen -> Json.object("verdict", "SPECIMEN");
        };
    }

    private Question question(Map<String, Json> given) throws Exception {
        if (!given.get("question").isNull()) {
            return Question.parse(given.get("question").string());
        }
        Hash scheme = hash(given, "scheme");
        return Question.defaultOf(scheme, register().find(scheme, Scheme.class).orElseThrow().line());
    }

    private Register register() {
        return known.register();
    }

    private static Instant now(Map<String, Json> given) throws Exception {
        return Instant.ofEpochSecond(given.get("now").whole(0, Json.LARGEST));
    }

    private static Hash hash(Map<String, Json> given, String name) throws Exception {
        return Hash.parse(given.get(name).string());
    }

    private static List<String> texts(Json list) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Json item : list.items(0, 1000)) {
            texts.add(item.string());
        }
        return texts;
    }

    private static byte[] bytes(String hex) throws Exception {
        return Hex.parse(hex, hex.length() / 2);
    }
}
