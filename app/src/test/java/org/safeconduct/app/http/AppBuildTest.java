package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** spec/register.md section 2.9: what the digest of a build is of. */
class AppBuildTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theFileListNamesEveryFileOfTheAppInOrderAndNoOther() {
        AppBuild build = AppBuild.of("wallet", Map.of("wallet/sw.js", bytes("b"), "wallet/assets/x.js", bytes("a"), "checker/sw.js", bytes("c")));
        // As sha256sum prints it.
        assertEquals("""
                ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  assets/x.js
                3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  sw.js
                """, build.list());
        assertNotEquals(build.digest(), AppBuild.of("wallet", Map.of("wallet/sw.js", bytes("b"), "wallet/assets/y.js", bytes("a"))).digest());
    }
}
