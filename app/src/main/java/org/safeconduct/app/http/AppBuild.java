package org.safeconduct.app.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.safeconduct.core.wire.Hash;

/**
 * The files of one app as a build made them, so that auditors can compare what they are served with what the register names
 * (spec/register.md section 2.9). Nobody compares for the person who is served: what an office hands to one phone alone is
 * seen by whoever looks at that phone's files, and by nobody else.
 *
 * @param app its folder, {@code wallet} or {@code checker}
 * @param files the hash of every file, by its path below the folder
 */
public record AppBuild(String app, SortedMap<String, Hash> files) {
    /** The file that is served for the folder, too. */
    public static final String START = AppFiles.START;
    private static final List<String> APPS = List.of("wallet", "checker");

    /** The builds that this program hands out; none if it was built without the apps. */
    public static List<AppBuild> ofProgram() {
        Map<String, byte[]> files = AppFiles.ofProgram().files();
        return APPS.stream().map(app -> of(app, files)).filter(build -> !build.files.isEmpty()).toList();
    }

    /** @param all files of all apps, by paths that begin with the app's */
    static AppBuild of(String app, Map<String, byte[]> all) {
        SortedMap<String, Hash> files = new TreeMap<>();
        all.forEach((path, bytes) -> {
            if (path.startsWith(app + "/")) {
                files.put(path.substring(app.length() + 1), Hash.sha256(bytes));
            }
        });
        return new AppBuild(app, files);
    }

    /** The file list: a line for each file, its hash, two spaces and its path, in the order of the paths. */
    public String list() {
        StringBuilder list = new StringBuilder();
        files.forEach((path, hash) -> list.append(hash.hex()).append("  ").append(path).append('\n'));
        return list.toString();
    }

    /** What the register names: the hash of the file list. */
    public Hash digest() {
        return Hash.sha256(list().getBytes(StandardCharsets.UTF_8));
    }
}
