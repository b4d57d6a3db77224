package org.safeconduct.app.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.app.office.WrongClockException;
import org.safeconduct.app.store.StoreException;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** Turns what was thrown into one sentence that says what is wrong and what to do, and a number for the shell. */
final class Failures {
    private Failures() {}

    /** The failure as a {@link CommandException}. */
    static CommandException explain(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            CommandException known = switch (t) {
                case CommandException already -> already;
                case MalformedException e -> CommandException.usage(e.getMessage());
                case OfficeRefusal e -> e.status() == 503 || e.status() == 429 || e.status() == 500
                    ? CommandException.cannot(Terminal.plain(e.getMessage()), e) : CommandException.refused(Terminal.plain(e.getMessage()));
                case WrongClockException e -> CommandException.cannot(e.getMessage());
                case OfficeException e -> CommandException.usage(e.getMessage());
                case StoreException e -> CommandException.cannot(e.getMessage(), e);
                case VerificationException e -> CommandException.refused(e.getMessage());
                case FileSystemException e -> file(e);
                case FileNotFoundException e -> CommandException.usage("A file cannot be opened: " + Terminal.plain(e.getMessage()) + ".");
                case BindException e -> CommandException.cannot(
                    "The port is taken or not allowed for this user, or the address is not of this machine. Choose others with --port and --host, "
                        + "or stop the program that has it.", e);
                case ConnectException e -> CommandException.cannot(
                    "The office does not answer. See that the address is right and the network is there, and try again.", e);
                case UnknownHostException e -> CommandException.cannot("There is no host of that name. See that the address is right.", e);
                case HttpTimeoutException e -> CommandException.cannot("The office took too long to answer. Try again in a minute.", e);
                case UnsatisfiedLinkError e -> CommandException.cannot(
                    "A library in machine code is missing: %s. (The launcher takes options for Java in SAFECONDUCT_JAVA_OPTS.)"
                        .formatted(Terminal.plain(e.getMessage())), thrown);
                case IOException e when full(e) -> CommandException.cannot(FULL, e);
                case IOException e when "Is a directory".equals(e.getMessage()) -> CommandException.usage("There is a folder where a file is needed.");
                default -> null;
            };
            if (known != null) {
                return known;
            }
        }
        return CommandException.cannot("Something went wrong that should not have (%s). Run the same command with --details and report what it prints."
            .formatted(thrown.getClass().getSimpleName()), thrown);
    }

    private static final String FULL = "The disk is full. Nothing was half written; make room and try again.";

    private static boolean full(IOException e) {
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return said.contains("no space left") || said.contains("disk quota") || said.contains("not enough space");
    }

    /** A file that was to be written beside another one means nothing to anybody; its folder does. */
    private static String named(FileSystemException e) {
        Path file = Path.of(String.valueOf(e.getFile()));
        boolean beside = file.getFileName() != null && file.getFileName().toString().startsWith(".") && file.getParent() != null && !Files.exists(file);
        return (beside ? file.getParent() : file).toString();
    }

    private static CommandException file(FileSystemException e) {
        String file = Terminal.plain(named(e));
        return switch (e) {
            case NoSuchFileException _ -> CommandException.usage("There is no " + file + ". See that the name is right.");
            case FileAlreadyExistsException _ -> CommandException.usage("There is something else at " + file + " already. Choose another place.");
            case NotDirectoryException _ -> CommandException.usage(file + " is not a folder. Choose another place.");
            case AccessDeniedException _ -> CommandException.cannot(
                file + " may not be read or written by this user. Change its permissions, or choose another place.", e);
            default -> full(e) ? CommandException.cannot(FULL, e)
                : CommandException.cannot("%s cannot be read or written: %s.".formatted(file,
                    Terminal.plain(String.valueOf(e.getReason()).toLowerCase(Locale.ROOT))), e);
        };
    }
}
