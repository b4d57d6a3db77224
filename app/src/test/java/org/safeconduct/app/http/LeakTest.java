package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.core.pass.Ask;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Showing;
import org.safeconduct.core.presence.Diary;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.Scanned;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.Venue;
import org.safeconduct.core.presence.VenueCode;
import org.safeconduct.core.presence.VenueKind;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Base45;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;

/** P9 and attack 24: what somebody finds who takes the server away after a day of use. */
class LeakTest {
    private static final String SERVER = "postgres";
    /** Letters of the shortest form of a secret. */
    private static final int FIRST = 6;

    @TempDir
    Path folder;

    @Test
    void nothingOfAnyPersonIsInAnyByteThatWasKeptOrLogged() throws Exception {
        searched(folder.resolve("office.db").toString(), () -> { });
    }

    /** Rows that were deleted lie in PostgreSQL's pages and its log of changes until they are reused: so they are searched too. */
    @Test
    void nothingOfAnyPersonIsInAnyByteOfPostgres() throws Exception {
        Path data = folder.resolve(SERVER);
        EmbeddedPostgres server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
        searched("postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres", () -> {
            server.close();
            for (Path settings : List.of(data.resolve("postgresql.conf"), data.resolve("pg_hba.conf"), data.resolve("postmaster.opts"))) {
                Files.deleteIfExists(settings);
            }
        });
    }

    private interface End {
        void reach() throws IOException;
    }

    private void searched(String address, End end) throws Exception {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        StreamHandler handler = new StreamHandler(log, new SimpleFormatter());
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (TestOffice office = new TestOffice(folder, TestOffice.SCHEME, address)) {
            day(office, secrets);
            warning(office, secrets);
            kept.writeBytes(office.metrics().body().getBytes(StandardCharsets.UTF_8));
            for (String path : List.of("/metrics", "/health", "/.well-known/openid-credential-issuer", "/register/checkpoint",
                    "/warnings/slips", "/slips", "/slips/en/2026-11-20")) {
                kept.writeBytes(office.get(path).body().getBytes(StandardCharsets.UTF_8));
            }
            // While it runs: the write-ahead log is there too.
            kept.writeBytes(files(path -> !path.startsWith(folder.resolve(SERVER))));
        } finally {
            System.setOut(out);
            System.setErr(err);
            Logger.getLogger("").removeHandler(handler);
        }
        handler.flush();
        end.reach();
        kept.writeBytes(log.toByteArray());
        // Of a server, what it keeps of every database, but not the two that each database is copied from.
        kept.writeBytes(files(path -> !path.startsWith(folder.resolve(SERVER).resolve("base/1")) && !path.startsWith(folder.resolve(SERVER).resolve("base/4"))));
        String haystack = new String(kept.toByteArray(), StandardCharsets.ISO_8859_1);
        assertTrue(haystack.contains("\"type\":\"scheme\""), "the dump holds what is kept");
        assertEquals(List.of(), found(haystack, secrets));
        assertFalse(haystack.contains("127.0.0.1"), "no client address");
        // Six digits can stand in the hexadecimal of a key by chance; then their neighbours are digits too.
        assertFalse(Pattern.compile("(?<![0-9a-f])(271828|314159)(?![0-9a-f])").matcher(haystack).find(), "no second code");
    }

    /** Redeems, issues, mistypes, asks again, loses a wallet. */
    private static void day(TestOffice office, Map<String, byte[]> secrets) throws Exception {
        Map<String, Offer> offers = office.enrolTable("person,tariff,tx_code\nada-lovelace-1815,staff,\nalan-turing-1912,guest,271828\n");
        for (Map.Entry<String, Offer> entry : offers.entrySet()) {
            String person = entry.getKey();
            TestOffice.Wallet wallet = TestOffice.Wallet.create();
            secrets.put(person, person.getBytes(StandardCharsets.UTF_8));
            secrets.put(person + " offer", entry.getValue().text().getBytes(StandardCharsets.UTF_8));
            secrets.put(person + " code", entry.getValue().sent().getBytes(StandardCharsets.UTF_8));
            secrets.put(person + " wallet", wallet.secret());
            Optional<String> tx = person.startsWith("alan") ? Optional.of("271828") : Optional.empty();
            office.redeem(entry.getValue(), tx.map(code -> "314159"), wallet);
            String token = TestOffice.member(office.redeem(entry.getValue(), tx, wallet), "access_token");
            secrets.put(person + " token", token.getBytes(StandardCharsets.UTF_8));
            for (Hash epoch : office.epochs().subList(0, 2)) {
                PendingPass pending = office.pending(epoch);
                secrets.put(person + " commitment", pending.request().commitment().toBytes());
                HttpResponse<String> answer = office.credential(token, TestOffice.body(wallet, pending));
                office.credential(token, TestOffice.body(wallet, office.pending(epoch)));
                Map<String, Json> credential = Json.parseLoosely(answer.body().getBytes(StandardCharsets.UTF_8), 1 << 20).members()
                        .get("credentials").items(1, 1).getFirst().members().get("credential").members();
                holds(office, secrets, person, pending, credential);
                secrets.put(person + " signature", Hex.parse(credential.get("signature").string(), 80));
                secrets.put(person + " entropy", Hex.parse(credential.get("entropy").string(), 32));
            }
        }
        office.post("/token", TestOffice.FORM, "someone-typed-this=1");
        secrets.put("what was typed", "someone-typed-this".getBytes(StandardCharsets.UTF_8));
    }

    private static KnownRegister known(TestOffice office) {
        byte[] checkpoint = office.desk.published().checkpoint();
        List<byte[]> lines = IntStream.range(0, office.register().size()).mapToObj(office.register()::bytes).toList();
        return ((Acceptance.Accepted) KnownRegister.first(lines, checkpoint, office.instant())).known();
    }

    /** The pass answers a door's question; then somebody sends what was shown, and a diary, to every path there is. */
    private static void holds(TestOffice office, Map<String, byte[]> secrets, String person, PendingPass pending,
            Map<String, Json> credential) throws Exception {
        Register register = office.register();
        Hash scheme = register.scheme("canteen").orElseThrow().leaf();
        Desk.AskerAdded door = office.desk.addAsker("canteen", Map.of("en", "Door"), List.of(0), List.of(0), List.of("North"),
                office.instant().plusSeconds(7 * 86_400));
        Instant then = register.find(pending.epoch(), Epoch.class).orElseThrow().line().from();
        Question question = Question.freshSigned(new Ask(scheme, List.of(0), OptionalInt.of(0)), door.leaf(), OptionalInt.of(0),
                then, new Question.Tip(register.size(), register.root()), door.key(), TestOffice.RANDOM);
        String value = person.startsWith("alan") ? "guest" : "staff";
        PassGrant grant = PassGrant.parse(pending.epoch(), Hex.parse(credential.get("signature").string(), 80),
                Hex.parse(credential.get("entropy").string(), 32), List.of(value));
        try (Pass pass = pending.receive(grant)) {
            Showing showing = pass.show((Consent) Consent.of(question, 0, pass, known(office), then), TestOffice.RANDOM);
            byte[] diary = Diary.create(14, office.instant(), TestOffice.RANDOM).bytes();
            secrets.put(person + " showing", showing.text().getBytes(StandardCharsets.UTF_8));
            slices(secrets, person + " showing", showing.bytes());
            slices(secrets, person + " visits", diary);
            slices(secrets, person + " asker's key", door.key().seed());
            for (String path : List.of("/token", "/credential", "/showing", "/visit", "/health", "/metrics", "/register/checkpoint")) {
                office.post(path, "application/json", showing.text());
                office.post(path, TestOffice.FORM, "showing=" + Hex.print(showing.bytes()));
                office.post(path, "application/octet-stream", Hex.print(diary));
            }
            office.get("/register/bundle/" + Hex.print(showing.bytes()).substring(0, 64));
            office.get("/showing?" + Hex.print(showing.bytes()));
        }
    }

    /** Any 24 bytes in a row that begin at a multiple of 24: a stamp has 48. */
    private static void slices(Map<String, byte[]> secrets, String name, byte[] bytes) {
        for (int i = 0; i + 24 <= bytes.length; i += 24) {
            byte[] slice = Arrays.copyOfRange(bytes, i, i + 24);
            if (IntStream.range(0, slice.length).map(j -> slice[j]).distinct().count() > 12) {
                secrets.put(name + " " + i, slice);
            }
        }
    }

    /** A venue uploads for three cases: one is published, one withdrawn, one waits. What it sent, and whose it was, is in none. */
    private static void warning(TestOffice office, Map<String, byte[]> secrets) throws Exception {
        Hash authority = Authorities.init(office.desk, "health", Map.of("en", "Health office"), Map.of("town", Map.of("en", "Town")), 14).leaf();
        office.server.refresh();
        Poster poster = new Poster("Zebra Lounge", "Quince Street", Optional.empty(), VenueKind.FOOD_AND_DRINK, 1, 0, Optional.empty());
        Cases cases = Cases.of(office.desk);
        Hour hour = Hour.of(office.instant());
        try (TracingSheet sheet = TracingSheet.create(TestOffice.RANDOM).with(poster, authority, TestOffice.RANDOM)) {
            VenueCode venue = sheet.posters().getFirst();
            Diary diary = Diary.create(14, office.instant(), TestOffice.RANDOM);
            diary.checkIn((Venue) Scanned.read(venue.text(), List.of(office.register()), office.instant()), office.instant(), TestOffice.RANDOM);
            for (StoredCase.State end : List.of(StoredCase.State.PUBLISHED, StoredCase.State.WITHDRAWN, StoredCase.State.UPLOADED)) {
                Cases.Opened opened = cases.open("town", hour, hour);
                Upload upload = new Upload(opened.token(), List.of(sheet.part(venue, hour)));
                HttpResponse<String> answer = office.post("/authority/upload", "application/json", new String(upload.print(), StandardCharsets.UTF_8));
                assertEquals(200, answer.statusCode(), answer.body());
                if (end == StoredCase.State.PUBLISHED) {
                    cases.confirm(opened.number(), new Notice(Notice.Advice.TEST, LocalDate.of(2026, 11, 21)));
                } else if (end == StoredCase.State.WITHDRAWN) {
                    cases.withdraw(opened.number());
                }
                secrets.put("upload token " + opened.number(), opened.token().text().getBytes(StandardCharsets.UTF_8));
                secrets.put("stored upload " + opened.number(), upload.print());
            }
            UploadToken drawn = UploadToken.random(TestOffice.RANDOM);
            String dummy = new String(new Upload(drawn, List.of()).print(), StandardCharsets.UTF_8);
            assertEquals(200, office.post("/authority/upload", "application/json", dummy).statusCode());
            secrets.put("a dummy", drawn.text().getBytes(StandardCharsets.UTF_8));
            secrets.put("name of the venue", "Zebra Lounge".getBytes(StandardCharsets.UTF_8));
            secrets.put("poster", venue.bytes());
            secrets.put("venue's part", sheet.part(venue, hour).part().toBytes());
            secrets.put("a visitor's slots", Arrays.copyOfRange(diary.bytes(), diary.bytes().length - 13 * 328, diary.bytes().length - 12 * 328));
        }
    }

    /** Looks for every form of every secret in one pass: by its first letters, then as a whole. */
    private static List<String> found(String haystack, Map<String, byte[]> secrets) {
        Map<String, List<Map.Entry<String, String>>> byFirst = new HashMap<>();
        secrets.forEach((name, secret) -> forms(secret).forEach(form ->
                byFirst.computeIfAbsent(form.substring(0, FIRST), first -> new ArrayList<>()).add(Map.entry(name, form))));
        List<String> found = new ArrayList<>();
        for (int i = 0; i + FIRST <= haystack.length(); i++) {
            for (Map.Entry<String, String> form : byFirst.getOrDefault(haystack.substring(i, i + FIRST), List.of())) {
                if (haystack.startsWith(form.getValue(), i)) {
                    found.add(form.getKey());
                }
            }
        }
        return found;
    }

    @Test
    void searchFindsASecretInEachOfItsForms() {
        byte[] secret = "a secret of somebody".getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> secrets = Map.of("secret", secret);
        forms(secret).forEach(form -> assertEquals("secret", found("before " + form + " after", secrets).getFirst(), form));
        assertEquals(List.of(), found("a secre", secrets), "less than its first half");
    }

    /** The secret as it is, as hex in both cases, and its first half, in case only a part was kept. */
    private static Stream<String> forms(byte[] secret) {
        String raw = new String(secret, StandardCharsets.ISO_8859_1);
        String hex = Hex.print(secret);
        return Stream.of(raw, raw.substring(0, Math.max(6, raw.length() / 2)), hex, hex.substring(0, Math.max(12, hex.length() / 2)),
                hex.toUpperCase(Locale.ROOT), Base45.print(secret));
    }

    /** Every byte in the office's folder but the file of offers, which the operator prints and deletes. */
    private byte[] files(Predicate<Path> which) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).filter(path -> !path.endsWith("offers.csv")).filter(which).toList()) {
                all.writeBytes(path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                int zeros = 0;
                for (byte one : Files.readAllBytes(path)) {
                    zeros = one == 0 ? zeros + 1 : 0;
                    // Empty pages are most of a server's files.
                    if (zeros <= 64) {
                        all.write(one);
                    }
                }
            }
        }
        return all.toByteArray();
    }
}
