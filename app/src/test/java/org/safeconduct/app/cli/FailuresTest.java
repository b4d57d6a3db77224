package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void whatStandsInTheWayIsSaidInASentenceWithTheRightNumber() {
        explained(new FileSystemException("/data/x", null, "No space left on device"), Exit.CANNOT, "The disk is full");
        explained(new IOException("No space left on device"), Exit.CANNOT, "The disk is full");
        explained(new FileSystemException("/data/x", null, "Read-only file system"), Exit.CANNOT, "/data/x cannot be read or written: read-only file system");
        explained(new AccessDeniedException("/data/x"), Exit.CANNOT, "permissions");
        explained(new NoSuchFileException("people.csv"), Exit.USAGE, "There is no people.csv");
        explained(new NoSuchFileException("/nowhere/.offers-123.csv"), Exit.USAGE, "There is no /nowhere.");
        explained(new AccessDeniedException("/nowhere/.new-123.tmp"), Exit.CANNOT, "/nowhere may not be read or written");
        explained(new IllegalStateException(new ExceptionInInitializerError(new UnsatisfiedLinkError("no curve for this system"))), Exit.CANNOT, "no curve for this system");
        explained(new IOException("Is a directory"), Exit.USAGE, "There is a folder where a file is needed.");
        explained(new IllegalStateException(new BindException("Address already in use")), Exit.CANNOT, "port");
        explained(new IOException(new ConnectException()), Exit.CANNOT, "does not answer");
    }

    @Test
    void theUnexpectedGetsOneSentenceAndAWayToDetails() {
        CommandException explained = Failures.explain(new NullPointerException("secret"));
        assertEquals(Exit.CANNOT, explained.exit());
        assertTrue(explained.getMessage().contains("--details"));
        assertFalse(explained.getMessage().contains("secret"));
    }

    private static void explained(Throwable thrown, int exit, String sentence) {
        CommandException explained = Failures.explain(thrown);
        assertEquals(exit, explained.exit(), explained.getMessage());
        assertTrue(explained.getMessage().contains(sentence), explained.getMessage());
    }
}
