package org.safeconduct.app.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.safeconduct.core.wire.Hash;

/**
 * The right of one person, as an offer that somebody can redeem.
 *
 * @param offer hash of the code (spec/http.md section 2.3)
 * @param scheme leaf hash of the scheme line
 * @param person keyed hash of the person
 * @param generation 0, and one more for every replacement of a redeemed offer
 * @param values the attribute values, in the order of the scheme
 * @param wallet hash of the wallet secret it is bound to, if it was redeemed
 */
public record Right(Hash offer, Hash scheme, Hash person, int generation, List<String> values, Optional<Hash> wallet) {
    /** Copies the values. */
    public Right {
        values = List.copyOf(values);
    }

    // A value holds no control character (spec/register.md section 1.3), so a line feed can part them.
    static String join(List<String> values) {
        return String.join("\n", values);
    }

    /** The right of a row of {@code sql/offer-find.sql}. */
    static Right read(ResultSet row) throws SQLException {
        return new Right(Tables.hash(row.getBytes(1)), Tables.hash(row.getBytes(2)), Tables.hash(row.getBytes(3)), row.getInt(4),
                split(row.getString(5)), Optional.ofNullable(row.getBytes(6)).map(Tables::hash));
    }

    private static List<String> split(String values) {
        return values.isEmpty() ? List.of() : List.of(values.split("\n", -1));
    }
}
