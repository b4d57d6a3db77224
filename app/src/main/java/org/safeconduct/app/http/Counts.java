package org.safeconduct.app.http;

import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts: sums since its start, about nobody (spec/http.md section 7). */
final class Counts {
    private final LongAdder redeemed = new LongAdder();
    private final LongAdder issued = new LongAdder();
    private final Map<Failure, LongAdder> failures = new EnumMap<>(Failure.class);
    private final AtomicLong inWork = new AtomicLong();

    Counts() {
        for (Failure failure : Failure.values()) {
            failures.put(failure, new LongAdder());
        }
    }

    void redeemed() {
        redeemed.increment();
    }

    void issued(int passes) {
        issued.add(passes);
    }

    void failed(Failure failure) {
        failures.get(failure).increment();
    }

    long begin() {
        return inWork.incrementAndGet();
    }

    void end() {
        inWork.decrementAndGet();
    }

    /** Returns how many requests to redeem or issue are being worked on. */
    long inWork() {
        return inWork.get();
    }

    /** What the listener for the operator answers, and nothing else: no page of another origin may read it. */
    void addTo(HttpRouting.Builder routing) {
        routing.get("/metrics", (_, response) -> response.header(Answers.PROMETHEUS).header(Answers.NO_STORE).send(text()));
    }

    /** Returns all counts in the text format of Prometheus, version 0.0.4. */
    byte[] text() {
        StringBuilder text = new StringBuilder();
        counter(text, "safeconduct_redeemed_total", "counter", "Offers redeemed, repetitions included.");
        text.append("safeconduct_redeemed_total ").append(redeemed.sum()).append('\n');
        counter(text, "safeconduct_issued_total", "counter", "Passes handed out, repetitions included.");
        text.append("safeconduct_issued_total ").append(issued.sum()).append('\n');
        counter(text, "safeconduct_refused_total", "counter", "Requests refused, by error.");
        failures.forEach((failure, count) -> text.append("safeconduct_refused_total{error=\"").append(failure.error()).append("\"} ")
                .append(count.sum()).append('\n'));
        counter(text, "safeconduct_requests_in_work", "gauge", "Requests to redeem or issue that are being worked on.");
        text.append("safeconduct_requests_in_work ").append(inWork.get()).append('\n');
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void counter(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
