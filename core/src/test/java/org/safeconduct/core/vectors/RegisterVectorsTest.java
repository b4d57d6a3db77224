package org.safeconduct.core.vectors;

import static org.safeconduct.core.register.Example.closed;
import static org.safeconduct.core.register.Example.epoch;
import static org.safeconduct.core.register.Example.stop;
import static org.safeconduct.core.register.Example.with;
import static org.safeconduct.core.register.Example.without;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.register.KeyRotation;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.LineRefusals;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;

/** Makes vectors/register.json. Lists of lines are written as "the first {@code take} of the example, and {@code then}". */
class RegisterVectorsTest {
    private static final List<byte[]> ALL = Example.lines();
    private static final Map<String, Object> NONE = Map.of();

    private final Cases cases = new Cases();

    @Test
    void theCommittedCasesAreThoseMadeHere() throws Exception {
        registers();
        lines();
        appending();
        checkpoints();
        growing();
        splits();
        validity();
        cases.compare("register.json");
    }

    private void registers() {
        cases.valid("register", "the example", texts(ALL), NONE, () -> {
            Register register = Register.of(ALL);
            return Json.object("office_words", register.officeWords(), "words", register.words(), "root", register.root(),
                    "leaves", ALL.stream().map(Line::leaf).toList(),
                    "roots", IntStream.rangeClosed(1, ALL.size()).mapToObj(register::rootOf).toList());
        });
        cases.refused("register", "refuses no lines", List.of(), NONE, () -> Register.of(List.of()));
        refuseRegister("refuses a first line that is no office", ALL.subList(1, 9));
        refuseRegister("refuses an office whose names are in other languages", List.of(with(Example.OFFICE, "names", Map.of("de", "Amt"))));
        refuseRegister("refuses two lines in the other order", List.of(ALL.get(0), ALL.get(2), ALL.get(1)));
        for (String[] kind : new String[][] {{"day", "2027-01-02T01:00:0"}, {"week", "2027-01-08T01:00:0"},
            {"month", "2027-02-01T01:00:0"}, {"event", "2027-02-01T00:00:0"}}) {
            byte[] scheme = with(Example.SCHEME, "epoch", Map.of("kind", kind[0], "zone", "UTC"));
            List<byte[]> longest = List.of(Example.OFFICE, scheme,
                    epoch(Line.leaf(scheme), 0, "2027-01-01T00:00:00Z", kind[1] + "0Z", false, 20));
            cases.valid("register", "the longest " + kind[0], texts(longest), NONE,
                    () -> Json.object("root", Register.of(longest).root()));
            refuseRegister("refuses a second more than the longest " + kind[0], List.of(Example.OFFICE, scheme,
                    epoch(Line.leaf(scheme), 0, "2027-01-01T00:00:00Z", kind[1] + "1Z", false, 20)));
        }
    }

    private void refuseRegister(String name, List<byte[]> lines) {
        cases.refused("register", name, texts(lines), NONE, () -> Register.of(lines));
    }

    private void lines() throws MalformedException {
        for (byte[] line : Stream.concat(ALL.stream(), Stream.of(Example.KEY, Example.CLOSED)).toList()) {
            String type = Json.parse(line).members().get("type").string();
            String name = type + " " + Line.leaf(line).hex().substring(0, 8);
            cases.valid("line", name, Utf8.parse(line), NONE,
                    () -> Json.object("leaf", Line.leaf(line), "members", Json.of(Json.parse(Line.parse(line).print()).members().keySet().stream().toList())));
            for (String member : Json.parse(line).members().keySet()) {
                refuseLine(name + " without " + member, without(line, member));
            }
            refuseLine(name + " with a member of no meaning", with(line, "zz", null));
            refuseLine(name + " of another type", with(line, "type", "other"));
            String text = Utf8.parse(line);
            refuseLine(name + " with a space", Utf8.print(text.replaceFirst(":", ": ")));
            refuseLine(name + " with its end", Utf8.print(text + "\n"));
            refuseLine(name + " with its type twice", Utf8.print(text.replaceFirst("\\{", "{\"type\":\"" + type + "\",")));
            refuseLine(name + " with an escape that is not needed", Utf8.print(text.replaceFirst("type", "\\\\u0074ype")));
        }
        for (LineRefusals.Change change : LineRefusals.all()) {
            Json json = Json.of(change.value());
            String value = json.toString().length() > 50 ? json.toString().length() + " characters, " + Hash.sha256(json.print()).hex().substring(0, 8) : json.toString();
            refuseLine(change.type() + " with " + change.member() + " = " + value, with(change.line(), change.member(), change.value()));
        }
    }

    private void refuseLine(String name, byte[] line) throws MalformedException {
        cases.refused("line", name, Utf8.parse(line), NONE, () -> Line.parse(line));
    }

    private void appending() throws MalformedException {
        Hash office = Line.leaf(Example.OFFICE);
        byte[] third = KeyRotation.sign(office, 2, Example.key(6).publicKey(), Example.SECOND_REGISTER_KEY).print();
        append(true, "an asker until the sunset", with(Example.ASKER, "until", "2027-12-31T00:00:00Z"));
        append(false, "an asker past the sunset", with(Example.ASKER, "until", "2027-12-31T00:00:01Z"));
        append(false, "an asker for an attribute that is not there", with(Example.ASKER, "attributes", List.of(4)));
        append(false, "an asker for a scope that is not there", with(Example.ASKER, "scopes", List.of(2)));
        append(false, "an asker of an epoch", with(Example.ASKER, "scheme", Line.leaf(Example.EPOCH)));
        append(false, "a second office", with(Example.OFFICE, "contact", "other"));
        append(false, "an equal line", Example.BUILD);
        append(false, "a scheme of the same id", with(Example.SCHEME, "ahead", 5));
        append(true, "a scheme of another id", with(Example.SCHEME, "id", "b"));
        append(false, "a text in one language of two", with(Example.stop(Example.ASKER, "2027-01-01T00:00:00Z"), "why", Map.of("en", "x")));
        append(false, "a text in one language more", with(Example.stop(Example.ASKER, "2027-01-01T00:00:00Z"), "why", Map.of("de", "x", "en", "x", "fr", "x")));
        append(true, "a later epoch with a gap", epoch(9, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
        append(true, "a week and an hour", epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T01:00:00Z", false, 20));
        append(false, "a week, an hour and a second", epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T01:00:01Z", false, 20));
        append(true, "a week less an hour", epoch(3, "2027-01-18T00:00:00Z", "2027-01-24T23:00:00Z", false, 20));
        append(false, "a week less an hour and a second", epoch(3, "2027-01-18T00:00:00Z", "2027-01-24T22:59:59Z", false, 20));
        append(true, "a day cut off by the sunset", epoch(3, "2027-12-30T00:00:00Z", "2027-12-31T00:00:00Z", false, 20));
        append(false, "an epoch past the sunset", epoch(3, "2027-12-25T00:00:00Z", "2028-01-01T00:00:00Z", false, 20));
        append(false, "an epoch that overlaps by a second", epoch(3, "2027-01-17T23:59:59Z", "2027-01-25T00:00:00Z", false, 20));
        append(false, "an epoch before the last", epoch(3, "2026-12-21T00:00:00Z", "2026-12-28T00:00:00Z", false, 20));
        append(false, "an epoch of a number that is taken", epoch(2, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
        append(false, "an epoch of a lower number", epoch(1, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
        append(false, "an epoch with the key of another", epoch(3, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 11));
        append(false, "an epoch of no scheme", epoch(office, 3, "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", false, 20));
        append(true, "a spare", epoch(2, "2027-01-11T00:00:00Z", "2027-01-18T00:00:00Z", true, 20));
        append(false, "a second spare", epoch(1, "2027-01-04T00:00:00Z", "2027-01-11T00:00:00Z", true, 20));
        append(false, "a spare that ends later", epoch(2, "2027-01-11T00:00:00Z", "2027-01-18T00:00:01Z", true, 20));
        append(false, "a spare that begins later", epoch(2, "2027-01-11T00:00:01Z", "2027-01-18T00:00:00Z", true, 20));
        append(false, "a spare without a main epoch", epoch(3, "2027-01-11T00:00:00Z", "2027-01-18T00:00:00Z", true, 20));
        append(true, "a stop of the scheme", stop(Example.SCHEME, "2027-02-01T00:00:00Z"));
        append(false, "a stop that repeats another", stop(Example.EPOCH, "2027-01-01T00:00:00Z"));
        append(false, "a stop of the office", stop(Example.OFFICE, "2027-01-01T00:00:00Z"));
        append(false, "a stop of a stop", stop(Example.STOP, "2027-01-01T00:00:00Z"));
        append(false, "a stop of nothing", stop(new byte[] {1}, "2027-01-01T00:00:00Z"));
        append(true, "two closings", Example.CLOSED, closed(Example.SPARE, 12));
        append(false, "a closing with the key of another epoch", closed(Example.EPOCH, 12));
        append(false, "a second closing", Example.CLOSED, with(Example.CLOSED, "issued", 99));
        append(false, "a closing of a scheme", closed(Example.SCHEME, 11));
        append(true, "two key lines", Example.KEY, third);
        append(false, "a key line out of turn", third);
        append(false, "a key line signed by the key before the one before", Example.KEY, KeyRotation.sign(office, 2, Example.key(6).publicKey(), Example.REGISTER_KEY).print());
        append(false, "a key line that skips a number", Example.KEY, KeyRotation.sign(office, 3, Example.key(6).publicKey(), Example.SECOND_REGISTER_KEY).print());
        append(false, "a key line back to the first key", Example.KEY, KeyRotation.sign(office, 2, Example.REGISTER_KEY.publicKey(), Example.SECOND_REGISTER_KEY).print());
        append(false, "a key line to the cosignature key", KeyRotation.sign(office, 1, Example.COSIGN_KEY.publicKey(), Example.REGISTER_KEY).print());
        append(false, "a key line signed for another office", KeyRotation.sign(Example.SCHEME_LEAF, 1, Example.key(6).publicKey(), Example.REGISTER_KEY).print());
    }

    /** All lines but the last are valid after the example; the last is or is not. */
    private void append(boolean valid, String name, byte[]... lines) throws MalformedException {
        Json input = list(9, lines);
        if (valid) {
            cases.valid("append", name, input, NONE, () -> Json.object("root", Register.of(Example.and(ALL, lines)).root()));
        } else {
            Register before = Register.of(Example.and(ALL, lines).subList(0, 8 + lines.length));
            cases.refused("append", name, input, NONE, () -> before.append(lines[lines.length - 1]));
        }
    }

    private void checkpoints() throws MalformedException {
        Register register = Example.register();
        String note = Example.checkpoint(register).toString();
        String[] l = note.split("\n");
        String stranger = "\u2014 witness.example AAAAAAA=\n";
        checkpoint(true, "with a cosignature", note);
        checkpoint(true, "without a cosignature", Checkpoint.sign(register, Example.REGISTER_KEY).toString());
        checkpoint(true, "with a line of a stranger", note + stranger);
        checkpoint(true, "cosigned by a stranger", Checkpoint.sign(register, Example.REGISTER_KEY).cosign(Example.key(9), Example.NOW).toString());
        checkpoint(true, "cosigned at the end of 2199", Checkpoint.sign(register, Example.REGISTER_KEY).cosign(Example.COSIGN_KEY, Instant.parse("2199-12-31T23:59:59Z")).toString());
        checkpoint(false, "signed by a stranger", Checkpoint.sign(register, Example.key(9)).toString());
        checkpoint(false, "signed by the cosignature key", Checkpoint.sign(register, Example.COSIGN_KEY).toString());
        checkpoint(false, "of another register", Example.checkpoint(Register.of(ALL.subList(0, 8))).toString());
        checkpoint(false, "with the cosignature of another register",
                note.replace(l[5], Example.checkpoint(Register.of(ALL.subList(0, 8))).toString().split("\n")[5]));
        checkpoint(false, "with the cosignature alone", note.replace(l[4] + "\n", ""));
        checkpoint(false, "without signatures", l[0] + "\n" + l[1] + "\n" + l[2] + "\n\n");
        checkpoint(false, "of another origin", note.replaceFirst("pass", "past"));
        String odd = l[2].substring(0, 42) + (char) (l[2].charAt(42) + 1) + "=";
        for (String[] change : new String[][] {{"nothing", ""}, {"a line end missing", note.substring(0, note.length() - 1)}, {"a line end more", note + "\n"},
            {"a line end before", "\n" + note}, {"the register signature twice", note + l[4] + "\n"}, {"the cosignature twice", note + l[5] + "\n"},
            {"a stranger twice", note + stranger + stranger}, {"a size with a zero before", note.replace("\n9\n", "\n09\n")}, {"size 0", note.replace("\n9\n", "\n0\n")},
            {"a size with a sign", note.replace("\n9\n", "\n+9\n")}, {"size 100,001", note.replace("\n9\n", "\n100001\n")}, {"no size", note.replace("\n9\n", "\n\n")},
            {"a size in other digits", note.replace("\n9\n", "\n９\n")}, {"no padding", note.replace(l[2], l[2].replace("=", ""))}, {"stray bits in the root", note.replace(l[2], odd)},
            {"a root of 3 bytes", note.replace(l[2], "AAAA")}, {"an extension line", note.replace("\n\n", "\nx\n\n")}, {"no empty line", note.replace("\n\n", "\n")},
            {"two empty lines", note.replace("\n\n", "\n\n\n")}, {"hyphens", note.replace("\u2014 ", "- ")}, {"two spaces", note.replace("\u2014 ", "\u2014  ")},
            {"no space", note.replace("\u2014 ", "\u2014")}, {"a plus in a name", note + "\u2014 a+b AAAAAAA=\n"}, {"a signature of four bytes", note + "\u2014 name AAAAAA==\n"},
            {"no signature after a name", note + "\u2014 name\n"}, {"a space in a name", note + "\u2014 na me AAAAAAA=\n"}, {"a no-break space in a name", note + "\u2014 na\u00a0me AAAAAAA=\n"},
            {"stray bits in a signature", note + "\u2014 name AAAAAAB=\n"}, {"CR LF", note.replace("\n", "\r\n")}, {"a capital in the origin", note.replace("pass.", "Pass.")},
            {"4,097 bytes", note + "\u2014 " + "n".repeat(4097 - Utf8.print(note).length - 14) + " AAAAAAA=\n"}}) {
            checkpoint(false, change[0], change[1]);
        }
    }

    private void checkpoint(boolean valid, String name, String note) {
        Map<String, Object> register = Map.of("register", list(9));
        Cases.Reader reader = () -> {
            Checkpoint checkpoint = Checkpoint.parse(Utf8.print(note));
            checkpoint.verify(Example.register());
            return Json.object("cosigned", checkpoint.cosignedAt(Example.register().office()).map(Time::print).orElse(null));
        };
        if (valid) {
            cases.valid("checkpoint", name, note, register, reader);
        } else {
            cases.refused("checkpoint", name, note, register, reader);
        }
    }

    private void growing() throws MalformedException {
        List<byte[]> early = ALL.subList(0, 5);
        List<byte[]> branch = Example.and(ALL.subList(0, 4), Example.NEXT_EPOCH, Example.BUILD);
        String late = Example.checkpoint(Example.register()).toString();
        String other = Example.checkpoint(Register.of(branch)).toString();
        grow("an extension", "accepted", ALL, list(9), late);
        grow("the same again", "accepted", early, list(5), Example.checkpoint(Register.of(early)).toString());
        grow("an earlier one that agrees", "accepted", early, list(3), Example.checkpoint(Register.of(ALL.subList(0, 3))).toString());
        grow("a longer one that does not extend", "not-an-extension", branch, list(4, Example.NEXT_EPOCH, Example.BUILD), other);
        grow("one of the same size that differs", "not-an-extension", branch.subList(0, 5), list(4, Example.NEXT_EPOCH),
                Example.checkpoint(Register.of(branch.subList(0, 5))).toString());
        List<byte[]> rotated = Example.and(branch, Example.KEY);
        grow("one that does not extend, signed by a later key", "not-an-extension", rotated, list(4, Example.NEXT_EPOCH, Example.BUILD, Example.KEY),
                Checkpoint.sign(Register.of(rotated), Example.SECOND_REGISTER_KEY).toString());
        grow("damaged lines under an honest checkpoint", "malformed", branch, list(4, Example.NEXT_EPOCH, Example.BUILD), late);
        grow("a line missing", "malformed", ALL.subList(0, 8), list(8), late);
        grow("a line more", "malformed", Example.and(ALL, Example.KEY), list(9, Example.KEY), late);
        grow("signed by a stranger", "malformed", branch, list(4, Example.NEXT_EPOCH, Example.BUILD), Checkpoint.sign(Register.of(branch), Example.key(9)).toString());
        grow("no checkpoint", "malformed", ALL, list(9), "");
        for (Object[] one : new Object[][] {{"24 hours ahead of the clock", 86_400, "accepted"}, {"24 hours and a second ahead of the clock", 86_401, "ahead"},
            {"at the end of time", Time.LAST.getEpochSecond() - Example.NOW.getEpochSecond(), "ahead"}}) {
            Instant time = Example.NOW.plusSeconds(((Number) one[1]).longValue());
            grow("an extension, cosigned " + one[0], (String) one[2], ALL, list(9), cosigned(Example.register(), time));
            grow("the same, cosigned " + one[0], (String) one[2], early, list(5), cosigned(Register.of(early), time));
            grow("an earlier one, cosigned " + one[0], (String) one[2], early, list(3), cosigned(Register.of(ALL.subList(0, 3)), time));
        }
        grow("a longer one that does not extend, cosigned at the end of time", "not-an-extension", branch, list(4, Example.NEXT_EPOCH, Example.BUILD),
                cosigned(Register.of(branch), Time.LAST));
        // The register's signature alone makes it evidence: who shows two registers could spoil the other one.
        String spoilt = Checkpoint.sign(Register.of(branch), Example.REGISTER_KEY) + late.substring(late.lastIndexOf('\u2014'));
        grow("a longer one that does not extend, with a cosignature that does not hold", "not-an-extension", branch, list(4, Example.NEXT_EPOCH, Example.BUILD), spoilt);
        grow("one that does not extend, signed by a later key, with a cosignature that does not hold", "not-an-extension", rotated,
                list(4, Example.NEXT_EPOCH, Example.BUILD, Example.KEY),
                Checkpoint.sign(Register.of(rotated), Example.SECOND_REGISTER_KEY) + late.substring(late.lastIndexOf('\u2014')));
        grow("an extension with a cosignature that does not hold", "malformed", ALL, list(9),
                Checkpoint.sign(Example.register(), Example.REGISTER_KEY) + other.substring(other.lastIndexOf('\u2014')));
    }

    private static String cosigned(Register register, Instant time) {
        return Checkpoint.sign(register, Example.REGISTER_KEY).cosign(Example.COSIGN_KEY, time).toString();
    }

    /** What a client that holds the first five lines makes of others. */
    private void grow(String name, String outcome, List<byte[]> lines, Json list, String note) throws MalformedException {
        Register held = Register.of(ALL.subList(0, 5));
        Acceptance first = KnownRegister.first(ALL.subList(0, 5), Example.checkpoint(held).print(), Example.NOW);
        Json input = Json.object("held", list(5), "held_checkpoint", Example.checkpoint(held).toString(), "lines", list, "checkpoint", note, "now", Time.print(Example.NOW));
        cases.outcome("extension", name, input, outcome, "accepted", () -> switch (((Acceptance.Accepted) first).known().accept(lines, Utf8.print(note), Example.NOW)) {
            case Acceptance.Accepted accepted -> "accepted";
            case Acceptance.NotAnExtension evidence -> "not-an-extension";
            case Acceptance.Ahead ahead -> "ahead";
            case Acceptance.Malformed malformed -> "malformed";
        });
    }

    private void splits() throws MalformedException {
        Register all = Example.register();
        KnownRegister known = ((Acceptance.Accepted) KnownRegister.first(ALL.subList(0, 5),
                Example.checkpoint(Register.of(ALL.subList(0, 5))).print(), Example.NOW)).known();
        Hash other = Register.of(Example.and(ALL.subList(0, 4), Example.NEXT_EPOCH)).root();
        for (Object[] named : new Object[][] {{1, all.rootOf(1), "same"}, {4, all.rootOf(4), "same"}, {5, all.rootOf(5), "same"}, {6, all.rootOf(6), "later"},
            {5, other, "split"}, {4, all.rootOf(5), "split"}, {1, all.rootOf(2), "split"}, {100_000, other, "later"}}) {
            int size = (int) named[0];
            Hash root = (Hash) named[1];
            cases.outcome("split", size + " lines, " + root.hex().substring(0, 8), Json.object("register", list(5), "size", size, "root", root), (String) named[2], "same",
                    () -> known.agreement(size, root).name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void validity() {
        byte[] later = epoch(3, "2027-03-12T00:00:00Z", "2027-03-19T00:00:00Z", false, 20);
        byte[] stopScheme = stop(Example.SCHEME, "2027-01-05T00:00:00Z");
        byte[] stopAsker = stop(Example.ASKER, "2027-01-05T00:00:00Z");
        validity(Example.EPOCH, "2027-01-03T23:59:59Z", Validity.EPOCH_NOT_YET);
        validity(Example.EPOCH, "2027-01-04T00:00:00Z", Validity.VALID);
        validity(Example.EPOCH, "2027-01-06T09:59:59Z", Validity.VALID);
        validity(Example.EPOCH, "2027-01-06T10:00:00Z", Validity.EPOCH_STOPPED);
        validity(Example.EPOCH, "2027-01-12T00:00:00Z", Validity.EPOCH_STOPPED);
        validity(Example.EPOCH, "2027-12-31T00:00:00Z", Validity.SCHEME_OVER);
        validity(Example.EPOCH, "2027-01-05T00:00:00Z", Validity.EPOCH_CLOSED, Example.CLOSED);
        validity(Example.EPOCH, "2027-01-04T23:59:59Z", Validity.VALID, stopScheme);
        validity(Example.EPOCH, "2027-01-06T10:00:00Z", Validity.SCHEME_STOPPED, stopScheme);
        validity(Example.SPARE, "2027-01-06T09:59:59Z", Validity.EPOCH_SPARE);
        validity(Example.SPARE, "2027-01-06T10:00:00Z", Validity.VALID);
        validity(Example.SPARE, "2027-01-11T00:00:00Z", Validity.EPOCH_OVER);
        validity(Example.NEXT_EPOCH, "2027-01-17T23:59:59Z", Validity.VALID);
        validity(Example.NEXT_EPOCH, "2027-01-18T00:00:00Z", Validity.EPOCH_OVER);
        validity(later, "2027-03-13T00:00:00Z", Validity.EPOCH_SUSPENDED, later);
        validity(later, "2027-03-13T00:00:00Z", Validity.EPOCH_SUSPENDED, later, Example.CLOSED);
        validity(later, "2027-03-13T00:00:00Z", Validity.VALID, later, Example.CLOSED, closed(Example.SPARE, 12));
        validity(Example.ASKER, "2027-06-29T23:59:59Z", Validity.VALID);
        validity(Example.ASKER, "2027-06-30T00:00:00Z", Validity.ASKER_OVER);
        validity(Example.ASKER, "2027-07-01T00:00:00Z", Validity.ASKER_STOPPED, stopAsker);
        validity(Example.ASKER, "2027-07-01T00:00:00Z", Validity.SCHEME_STOPPED, stopAsker, stopScheme);
        validity(Example.SCHEME, "2027-12-30T23:59:59Z", Validity.VALID);
        validity(Example.SCHEME, "2027-12-31T00:00:00Z", Validity.SCHEME_OVER);
        validity(Example.SCHEME, "2028-01-01T00:00:00Z", Validity.SCHEME_STOPPED, stopScheme);
    }

    private void validity(byte[] line, String time, Validity validity, byte[]... more) {
        Json input = Json.object("register", list(9, more), "leaf", Line.leaf(line), "time", time);
        cases.outcome("validity", Line.leaf(line).hex().substring(0, 8) + " at " + time + " with " + more.length + " more lines", input, validity.name(), "VALID",
                () -> Register.of(Example.and(ALL, more)).validity(Line.leaf(line), Instant.parse(time)).name());
    }

    private static Json list(int take, byte[]... then) {
        return Json.object("take", take, "then", texts(List.of(then)));
    }

    private static List<String> texts(List<byte[]> lines) {
        List<String> texts = new ArrayList<>();
        for (byte[] line : lines) {
            texts.add(new String(line, java.nio.charset.StandardCharsets.UTF_8));
        }
        return texts;
    }
}
