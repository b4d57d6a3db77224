/** BBS signatures, blind issuance, pseudonyms and identity-based encryption on the JVM; the curve arithmetic below stays hidden. */
@SuppressWarnings("module") // the app is built after this module
module org.safeconduct.crypto {
    requires java.management; // the bench's clock
    requires jblst;

    exports org.safeconduct.crypto;
    exports org.safeconduct.crypto.bbs;
    exports org.safeconduct.crypto.ibe;
    exports org.safeconduct.crypto.bench to org.safeconduct.app;
}
