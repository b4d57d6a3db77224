/** Register; pass, question, showing, verdict; venue, diary, warning, match. */
module org.safeconduct.core {
    requires transitive org.safeconduct.crypto;
    requires com.fasterxml.jackson.core;

    exports org.safeconduct.core.pass;
    exports org.safeconduct.core.presence;
    exports org.safeconduct.core.register;
    exports org.safeconduct.core.wire;
}
