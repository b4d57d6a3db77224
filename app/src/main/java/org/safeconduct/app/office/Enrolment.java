package org.safeconduct.app.office;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.safeconduct.app.store.Right;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.register.Attribute;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;

/**
 * Who holds the right of a scheme, and the offers by which persons get their passes.
 *
 * <p>Persons are named by the office's own references (a case number, a payroll number); the store keeps keyed hashes of
 * them. An offer is shown once, here: afterwards it can be replaced, not read again.
 */
public final class Enrolment {
    /** Wrong second codes that lock an offer (spec/http.md section 2.4). */
    static final int TRIES = 5;
    /** So many bad rows are named; the rest is counted. */
    static final int PROBLEMS_NAMED = 20;

    private static final int ROWS_AT_ONCE = 500;
    private static final int LONGEST_REFERENCE = 200;
    /** Also as East Asian spreadsheets read them. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20]");
    /** Telephone numbers, too. */
    private static final Pattern SIGNED_NUMBER = Pattern.compile("[+-][0-9 ./()]+");
    private static final Pattern TX_CODE = Pattern.compile("[0-9]{6}");

    private final Store store;
    private final OfficeKeys keys;
    private final SecureRandom random;

    Enrolment(Store store, OfficeKeys keys, SecureRandom random) {
        this.store = store;
        this.keys = keys;
        this.random = random;
    }

    /**
     * Enrols everybody in a table, all or nothing, and writes their offers to a file for printing. A run that is killed has
     * enrolled nobody, or everybody with all offers in {@code FILE.part}: then {@link #finish}, which this begins with, names it.
     *
     * @param table CSV with a header row: {@code person}, the ids of all attributes in any order, and {@code tx_code} if some
     *     need a second code
     * @param offers a new file, readable for its owner alone: person and offer in the order of the table
     * @param rows told the number of rows done now and then
     * @return how many were enrolled
     * @throws OfficeException if a row is bad; the first 20 are named by line
     */
    public long enrol(String schemeId, Reader table, Path offers, LongConsumer rows) throws IOException {
        OptionalLong before = finish(offers);
        if (before.isPresent()) {
            throw new OfficeException("An earlier run had enrolled " + before.getAsLong() + " people and was killed before it could name the file of their "
                    + "offers. It has its name now; nobody else was enrolled.");
        }
        try (OfferFile file = OfferFile.open(offers)) {
            BufferedWriter writer = file.writer();
            long enrolled = store.write(tables -> {
                Register register = Desk.read(tables.lines(0));
                return new Run(register.officeLeaf(), Desk.scheme(register, schemeId), tables, writer, rows).enrol(table);
            });
            file.finish();
            return enrolled;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Finishes a run that was killed after its commit and before its file of offers had its name.
     *
     * @param offers the file that run was to write
     * @return how many it had enrolled; empty if there was no such run
     */
    public OptionalLong finish(Path offers) throws IOException {
        if (!Files.exists(OfferFile.part(offers)) || Files.exists(offers)) {
            return OptionalLong.empty();
        }
        try (OfferFile file = OfferFile.open(offers)) {
            if (file.first().flatMap(offer -> store.right(offer.hash())).isEmpty()) {
                return OptionalLong.empty();
            }
            long enrolled = file.count();
            file.finish();
            return OptionalLong.of(enrolled);
        }
    }

    /**
     * Makes a new offer for a person in place of the last one. If that was never redeemed it is void from now on; if it
     * was, the scheme must allow replacement, and it is void once the new one is redeemed.
     *
     * @param tx a second code for the new offer
     */
    public Offer replaceOffer(String schemeId, String person, Optional<String> tx) {
        if (tx.isPresent() && !TX_CODE.matcher(tx.get()).matches()) {
            throw new OfficeException("A second code has six digits.");
        }
        Offer replaced = store.write(tables -> {
            Register register = Desk.read(tables.lines(0));
            Placed<Scheme> scheme = Desk.scheme(register, schemeId);
            Hash row = keys.row(schemeId, person);
            Right latest = tables.latestRight(scheme.leaf(), row).orElseThrow(() ->
                    new OfficeException("Nobody of this reference is enrolled in this scheme."));
            boolean redeemed = latest.wallet().isPresent();
            if (redeemed && !scheme.line().replacement()) {
                throw new OfficeException("This offer was redeemed, and the scheme does not allow replacement. "
                        + "The holder can restore the wallet from a backup.");
            }
            tables.withdraw(scheme.leaf(), row, true);
            Offer offer = Offer.create(register.officeLeaf(), random);
            tables.addRight(new Right(offer.hash(), scheme.leaf(), row, latest.generation() + (redeemed ? 1 : 0), latest.values(),
                    Optional.empty()), tx.map(digits -> keys.tx(offer.hash(), digits)).orElse(null), TRIES);
            return offer;
        });
        store.settle();
        return replaced;
    }

    /** Withdraws a person's right: no further epoch is issued. Passes that were issued stay valid to their end. */
    public void withdraw(String schemeId, String person) {
        store.write(tables -> {
            Hash scheme = Desk.scheme(Desk.read(tables.lines(0)), schemeId).leaf();
            if (tables.withdraw(scheme, keys.row(schemeId, person), false) == 0) {
                throw new OfficeException("Nobody of this reference is enrolled in this scheme.");
            }
            return null;
        });
        store.settle();
    }

    /**
     * Forgets who held the rights of schemes that issue no more: over or stopped, and every epoch closed. The store is
     * settled if there were any.
     */
    public void forgetEnded(Register register, Instant now) {
        List<Hash> ended = register.all(Scheme.class).map(Placed::leaf).filter(scheme -> issuesNoMore(register, scheme, now)).toList();
        boolean some = store.read(tables -> ended.stream().anyMatch(scheme -> tables.holders(scheme) > 0));
        if (some) {
            store.write(tables -> ended.stream().mapToInt(tables::forgetHolders).sum());
            store.settle();
        }
    }

    private static boolean issuesNoMore(Register register, Hash scheme, Instant now) {
        Validity validity = register.validity(scheme, now);
        return (validity == Validity.SCHEME_OVER || validity == Validity.SCHEME_STOPPED)
                && register.epochs(scheme).stream().allMatch(epoch -> register.closed(epoch.leaf()).isPresent());
    }

    /** What is wrong with a line, or with the table if the line is 0. */
    private record Problem(long line, String sentence) {
        @Override
        public String toString() {
            return line == 0 ? sentence : "Line " + line + ": " + sentence;
        }
    }

    /** One reading of one table. */
    private final class Run {
        private final Hash office;
        private final Placed<Scheme> scheme;
        private final Tables tables;
        private final BufferedWriter offers;
        private final LongConsumer rows;
        /** Problems of the rows since the last flush: values are judged at once, double persons by the store. */
        private final List<Problem> found = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private long problemCount;
        private final List<Tables.NewRight> batch = new ArrayList<>(ROWS_AT_ONCE);
        private final List<Long> batchLines = new ArrayList<>(ROWS_AT_ONCE);
        private List<String> header;

        Run(Hash office, Placed<Scheme> scheme, Tables tables, BufferedWriter offers, LongConsumer rows) {
            this.office = office;
            this.scheme = scheme;
            this.tables = tables;
            this.offers = offers;
            this.rows = rows;
        }

        long enrol(Reader table) {
            long enrolled = 0;
            try (CsvReader<CsvRecord> reader = CsvReader.builder().allowMissingFields(false).allowExtraFields(false)
                    .skipEmptyLines(true).ofCsvRecord(table);
                    CsvWriter writer = CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).build(offers)) {
                writer.writeRecord("person", "offer");
                Iterator<CsvRecord> records = reader.iterator();
                header = header(records);
                while (records.hasNext()) {
                    CsvRecord record = records.next();
                    add(record, writer);
                    enrolled++;
                    if (enrolled % ROWS_AT_ONCE == 0) {
                        flush();
                        rows.accept(enrolled);
                    }
                }
                flush();
            } catch (CsvParseException e) {
                name();
                problem(0, "The table is not CSV: " + String.valueOf(e.getMessage()));
                name();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (problemCount > 0) {
                throw new OfficeException("Nobody was enrolled. " + String.join("\n", problems)
                        + (problemCount > problems.size() ? "\nand %d more".formatted(problemCount - problems.size()) : ""));
            }
            rows.accept(enrolled);
            return enrolled;
        }

        private List<String> header(Iterator<CsvRecord> records) {
            List<String> found = records.hasNext() ? records.next().getFields() : List.of();
            List<String> needed = new ArrayList<>(List.of("person"));
            scheme.line().attributes().forEach(attribute -> needed.add(attribute.id()));
            List<String> withTx = new ArrayList<>(needed);
            withTx.add("tx_code");
            if (found.size() != new HashSet<>(found).size()
                    || !new HashSet<>(found).equals(new HashSet<>(needed)) && !new HashSet<>(found).equals(new HashSet<>(withTx))) {
                throw new OfficeException("Nobody was enrolled. The first row must name the columns: " + String.join(",", needed)
                        + ", and tx_code if some need a second code.");
            }
            return found;
        }

        private void add(CsvRecord record, CsvWriter writer) {
            long line = record.getStartingLineNumber();
            String person = field(record, "person");
            String tx = header.contains("tx_code") ? field(record, "tx_code") : "";
            List<String> values = new ArrayList<>();
            boolean good = true;
            try {
                Text.check(person, LONGEST_REFERENCE);
            } catch (MalformedException e) {
                good = problem(line, "The person is empty or holds what a reference cannot hold.");
            }
            if (!tx.isEmpty() && !TX_CODE.matcher(tx).matches()) {
                good = problem(line, "The tx_code has not six digits.");
            }
            for (Attribute attribute : scheme.line().attributes()) {
                values.add(field(record, attribute.id()));
                if (!attribute.domain().contains(values.getLast())) {
                    good = problem(line, "The " + attribute.id() + " is not one of its values.");
                }
            }
            if (good) {
                Offer offer = Offer.create(office, random);
                batch.add(new Tables.NewRight(new Right(offer.hash(), scheme.leaf(), keys.row(scheme.line().id(), person), 0, values,
                        Optional.empty()), tx.isEmpty() ? null : keys.tx(offer.hash(), tx)));
                batchLines.add(line);
                writer.writeRecord(asText(person), offer.text());
            }
        }

        /** A spreadsheet takes what begins like a formula for one, quoted or not: an apostrophe makes it a text. */
        private static String asText(String person) {
            return FORMULA.matcher(person).lookingAt() && !SIGNED_NUMBER.matcher(person).matches() ? "'" + person : person;
        }

        private String field(CsvRecord record, String name) {
            return record.getField(header.indexOf(name));
        }

        private void flush() {
            int[] added = tables.addRights(batch, TRIES);
            for (int i = 0; i < added.length; i++) {
                if (added[i] != 1) {
                    problem(batchLines.get(i), "The person is enrolled already, or stands in the table twice.");
                }
            }
            batch.clear();
            batchLines.clear();
            name();
        }

        /** Names what was found, in the order of the table. */
        private void name() {
            found.sort(Comparator.comparingLong(Problem::line));
            found.stream().limit(Math.max(0, PROBLEMS_NAMED - problems.size())).map(Problem::toString).forEach(problems::add);
            problemCount += found.size();
            found.clear();
        }

        private boolean problem(long line, String sentence) {
            found.add(new Problem(line, sentence));
            return false;
        }
    }
}
