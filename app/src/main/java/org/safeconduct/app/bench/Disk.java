package org.safeconduct.app.bench;

import java.io.IOException;

/** A disk that is full for a moment: no file of a process may grow beyond a few kilobytes (prlimit of util-linux). */
final class Disk {
    private static final String FULL = "--fsize=4096:";
    private static final String FREE = "--fsize=unlimited:";

    private int times;

    /** Fills the disk of a process for some time; does nothing where there is no prlimit. */
    void fill(long process, long millis) throws InterruptedException {
        if (limit(process, FULL)) {
            times++;
            Thread.sleep(millis);
            limit(process, FREE);
        }
    }

    private static boolean limit(long process, String what) throws InterruptedException {
        try {
            return new ProcessBuilder("prlimit", "--pid", Long.toString(process), what).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** How often it was full. */
    int times() {
        return times;
    }
}
