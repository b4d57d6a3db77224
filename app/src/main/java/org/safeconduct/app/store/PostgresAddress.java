package org.safeconduct.app.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code postgresql://user:password@host:port/database?options}, as libpq writes it. */
final class PostgresAddress {
    private PostgresAddress() {}

    /** Returns the address as JDBC wants it, without the credentials. */
    static String jdbc(String address) {
        URI uri = URI.create(address);
        return "jdbc:postgresql://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    static void credentials(String address, PGSimpleDataSource source) {
        String user = URI.create(address).getRawUserInfo();
        if (user != null) {
            String[] parts = user.split(":", 2);
            source.setUser(URLDecoder.decode(parts[0], StandardCharsets.UTF_8));
            if (parts.length == 2) {
                source.setPassword(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
    }
}
