package org.safeconduct.core.register;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** The rules that bind a line to the lines before it (spec/register.md section 2). */
final class Place {
    /** 366 days, and 31 for an epoch that ran already when the scheme was published. */
    private static final Duration LONGEST_LIFE = SchemeLint.LONGEST_LIFE.plusDays(31);

    private Place() {}

    /** @throws MalformedException if the line may not stand after those of the register */
    static void check(Register before, Line line, Hash leaf) throws MalformedException {
        if (before.size() == 0 != line instanceof Office) {
            throw new MalformedException("A register begins with its only office line.");
        }
        if (before.size() > 0) {
            require(before.find(leaf, Line.class).isEmpty(), "A line stands in the register already.");
        }
        Set<String> languages = Set.copyOf(line instanceof Office office ? office.languages() : before.office().languages());
        for (Texts texts : line.texts()) {
            require(texts.languages().equals(languages), "A text is not in exactly the office's languages.");
        }
        switch (line) {
            case KeyRotation rotation -> check(before, rotation);
            case Scheme scheme -> require(before.scheme(scheme.id()).isEmpty(), "The id of a scheme is taken.");
            case Asker asker -> check(before, asker);
            case Epoch epoch -> check(before, epoch);
            case Stop stop -> check(before, stop);
            case Closed closed -> check(before, closed);
            case Office office -> { }
            case Authority authority -> { }
            case Build build -> { }
        }
    }

    private static void check(Register before, KeyRotation rotation) throws MalformedException {
        require(rotation.number() == before.rotationsBelow(before.size()).count() + 1,
                "The number of a key line is not the next one.");
        require(!before.isRegisterKey(rotation.key()) && !rotation.key().equals(before.office().cosignKey()),
                "A new register key is not new.");
        try {
            rotation.verify(before.officeLeaf(), before.registerKey(before.size()));
        } catch (VerificationException e) {
            throw new MalformedException("A new register key is not signed by the one before.", e);
        }
    }

    private static void check(Register before, Asker asker) throws MalformedException {
        Scheme scheme = scheme(before, asker.scheme());
        require(isBelow(asker.attributes(), scheme.attributes().size()) && isBelow(asker.scopes(), scheme.scopes().size()),
                "An asker asks for what its scheme does not have.");
        require(!asker.until().isAfter(scheme.sunset()), "An asker outlives its scheme.");
    }

    private static boolean isBelow(List<Integer> ascending, int count) {
        return ascending.isEmpty() || ascending.getLast() < count;
    }

    private static void check(Register before, Epoch epoch) throws MalformedException {
        Scheme scheme = scheme(before, epoch.scheme());
        require(!epoch.until().isAfter(scheme.sunset()), "An epoch outlives its scheme.");
        // P7: nobody needs a clock to see that a scheme was never meant to end.
        require(!epoch.from().isBefore(scheme.sunset().minus(LONGEST_LIFE)), "A scheme lives for more than 366 days.");
        require(!before.holdsKey(epoch.key()), "The key of an epoch is that of another.");
        if (epoch.spare()) {
            checkSpare(before, epoch);
        } else {
            checkMain(before.lastMain(epoch.scheme()).map(Placed::line), scheme, epoch);
        }
    }

    private static void checkSpare(Register before, Epoch spare) throws MalformedException {
        require(before.epoch(spare.scheme(), spare.number(), true).isEmpty(), "An epoch has a spare already.");
        require(before.epoch(spare.scheme(), spare.number(), false).map(Placed::line)
                .filter(main -> main.from().equals(spare.from()) && main.until().equals(spare.until())).isPresent(),
                "A spare epoch does not repeat a main epoch before it.");
    }

    private static void checkMain(Optional<Epoch> last, Scheme scheme, Epoch epoch) throws MalformedException {
        Duration length = Duration.between(epoch.from(), epoch.until());
        require(!scheme.kind().isTooLong(length), "An epoch is too long for its kind.");
        require(!scheme.kind().isTooShort(length) || last.isEmpty() || epoch.until().equals(scheme.sunset()),
                "An epoch is too short for its kind.");
        require(last.filter(other -> epoch.number() <= other.number() || epoch.from().isBefore(other.until())).isEmpty(),
                "An epoch does not come after the one before.");
    }

    private static void check(Register before, Stop stop) throws MalformedException {
        require(before.find(stop.target(), Scheme.class).isPresent() || before.find(stop.target(), Asker.class).isPresent()
                || before.find(stop.target(), Epoch.class).isPresent(), "A stop is for a scheme, an asker or an epoch.");
        require(before.stop(stop.target()).isEmpty(), "A stop repeats another.");
    }

    private static void check(Register before, Closed closed) throws MalformedException {
        Epoch epoch = before.find(closed.epoch(), Epoch.class).map(Placed::line)
                .orElseThrow(() -> new MalformedException("A closing is for no epoch of this register."));
        require(before.closed(closed.epoch()).isEmpty(), "An epoch is closed already.");
        require(Closed.publicKey(closed.key()).equals(epoch.key()), "A published key is not the epoch's.");
    }

    private static Scheme scheme(Register before, Hash leaf) throws MalformedException {
        return before.find(leaf, Scheme.class).map(Placed::line)
                .orElseThrow(() -> new MalformedException("A line refers to no scheme of this register."));
    }

    private static void require(boolean holds, String otherwise) throws MalformedException {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }
}
