/** BBS signatures, blind issuance and pseudonyms on the JVM; the curve arithmetic below stays hidden. */
module org.safeconduct.crypto {
    requires jblst;

    exports org.safeconduct.crypto;
    exports org.safeconduct.crypto.bbs;
}
