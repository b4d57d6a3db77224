package org.safeconduct.app.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One run with what was seen meanwhile.
 *
 * @param name of what the crowd did
 * @param outcome what became of the crowd
 * @param samples what was seen while it went on
 * @param threads processor milliseconds of the nodes' threads during it, by thread name
 */
record Phase(String name, Load.Outcome outcome, List<Watch.Sample> samples, Map<String, Long> threads) {
    /** Runs a plan under watch. */
    static Phase run(String name, Load load, Load.Plan plan, List<Node> nodes) throws IOException {
        Map<String, Long> before = threads(nodes);
        int served = load.served();
        int putOff = load.putOff();
        try (Watch watch = new Watch(nodes, () -> load.served() - served, () -> load.putOff() - putOff)) {
            Load.Outcome outcome = load.run(plan);
            Map<String, Long> after = threads(nodes);
            before.forEach((thread, millis) -> after.merge(thread, -millis, Long::sum));
            return new Phase(name, outcome, watch.samples(), after);
        }
    }

    private static Map<String, Long> threads(List<Node> nodes) {
        Map<String, Long> all = new java.util.TreeMap<>();
        nodes.forEach(node -> Machine.threads(node.pid()).forEach((name, millis) -> all.merge(name, millis, Long::sum)));
        return all;
    }

    /** Processor microseconds for each person: of the threads whose name begins so. */
    double microsOf(String... prefixes) {
        long millis = threads.entrySet().stream().filter(entry -> java.util.Arrays.stream(prefixes).anyMatch(entry.getKey()::startsWith))
                .mapToLong(Map.Entry::getValue).sum();
        return each(millis);
    }

    /** Processor microseconds for each person, of a sum that only grows. */
    double micros(java.util.function.ToLongFunction<Watch.Sample> millis) {
        return samples.size() < 2 ? 0 : each(millis.applyAsLong(samples.getLast()) - millis.applyAsLong(samples.getFirst()));
    }

    private double each(long millis) {
        return outcome.people() == 0 ? 0 : millis * 1000.0 / outcome.people();
    }

    /** The most memory of a node, in MiB. */
    double memory() {
        return samples.stream().mapToLong(Watch.Sample::memory).max().orElse(0) / 1048576.0;
    }

    /** How many looks found health or checkpoint unanswered. */
    long publicFailures() {
        return samples.stream().filter(sample -> sample.publicMillis() < 0).count();
    }

    double longestPublic() {
        return samples.stream().mapToDouble(Watch.Sample::publicMillis).max().orElse(0);
    }
}
