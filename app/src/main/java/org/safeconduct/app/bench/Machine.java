package org.safeconduct.app.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What the system says of a process: processor time by thread and memory, from /proc; without /proc only the total. */
final class Machine {
    /** Linux counts processor time in hundredths of a second, whatever the kernel's own tick is. */
    private static final long TICK_MILLIS = 10;
    private static final Path PROC = Path.of("/proc");

    private Machine() {}

    /** Processor time since its start, user and system. */
    static Duration processor(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Processor milliseconds of the threads that are there, by the names the system keeps, at most 15 letters each. */
    static Map<String, Long> threads(long process) {
        Map<String, Long> times = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(PROC.resolve(process + "/task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"));
                int end = stat.lastIndexOf(')');
                String[] fields = stat.substring(end + 2).split(" ");
                times.merge(stat.substring(stat.indexOf('(') + 1, end), (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS, Long::sum);
            }
        } catch (IOException e) {
            // Not Linux, or a thread ended meanwhile: the total is known all the same.
        }
        return times;
    }

    /** Resident memory in bytes; 0 where it is not known. */
    static long memory(long process) {
        return status(process, "VmRSS:");
    }

    /** The most memory that was ever resident, in bytes; 0 where it is not known. */
    static long mostMemory(long process) {
        return status(process, "VmHWM:");
    }

    private static long status(long process, String name) {
        try {
            for (String line : Files.readAllLines(PROC.resolve(process + "/status"))) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return 0;
    }

    /** How many processes wanted a core, averaged over a minute; negative where it is not known. */
    static double loadAverage() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
