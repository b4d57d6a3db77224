package org.safeconduct.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A measurement as one HTML page without anything from elsewhere. */
final class SurgePage {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 180;
    private static final int LEFT = 70;
    private static final int BOTTOM = 24;
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f;background:#fff}
            table{border-collapse:collapse;width:100%}td,th{padding:.15rem .6rem;text-align:left;border-bottom:1px solid #ddd}
            td.n{text-align:right;font-variant-numeric:tabular-nums}.met{color:#17653b}.missed{color:#a3161d;font-weight:600}
            svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#555}figure{margin:1.5rem 0}figcaption{font-weight:600}
            @media(prefers-color-scheme:dark){body{color:#e6e6ea;background:#16161a}td,th{border-color:#333}svg text{fill:#aaa}.met{color:#6fd39a}.missed{color:#ff8a8f}}
            """;

    private SurgePage() {}

    /** The page. @param title plain words of ours; nothing here comes from outside */
    static String of(String title, String intro, List<Row> rows, List<Phase> phases) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(title).append("</title><style>").append(STYLE).append("</style><h1>").append(title).append("</h1><p>").append(intro).append("</p>");
        page.append("<table><tr><th>what<th>measured<th>unit<th>bar</tr>");
        for (Row row : rows) {
            page.append("<tr><td>").append(row.name()).append("<td class=\"n ").append(row.bound() == 0 ? "" : row.met() ? "met" : "missed").append("\">")
                    .append(Row.number(row.value())).append("<td>").append(row.unit()).append("<td>")
                    .append(row.bound() == 0 ? "" : (row.atLeast() ? "at least " : "at most ") + Row.number(row.bound())).append("</tr>");
        }
        page.append("</table>");
        for (Phase phase : phases) {
            page.append("<h2>").append(phase.name()).append("</h2>");
            List<Watch.Sample> samples = phase.samples();
            plot(page, "people with a pass, each second", seconds(samples), rates(samples, Watch.Sample::served));
            plot(page, "told to come again, each second", seconds(samples), rates(samples, Watch.Sample::putOff));
            plot(page, "from arrival to pass, milliseconds, by share of the people (0 to 100)", shares(), shares().stream().map(share -> phase.outcome().percentile(share / 100)).toList());
            plot(page, "processors used by the nodes", seconds(samples), rates(samples, sample -> sample.nodeMillis() / 1000.0));
            plot(page, "processors used by the load generator", seconds(samples), rates(samples, sample -> sample.loadMillis() / 1000.0));
            plot(page, "processors used by PostgreSQL", seconds(samples), rates(samples, sample -> sample.databaseMillis() / 1000.0));
            plot(page, "requests in work", seconds(samples), samples.stream().map(sample -> (double) sample.inWork()).toList());
            plot(page, "memory of the largest node, MiB", seconds(samples), samples.stream().map(sample -> sample.memory() / 1048576.0).toList());
        }
        return page.append("</html>\n").toString();
    }

    private static List<Double> shares() {
        List<Double> shares = new ArrayList<>();
        for (double share = 1; share < 99; share++) {
            shares.add(share);
        }
        shares.addAll(List.of(99.0, 99.5, 99.9));
        return shares;
    }

    private static List<Double> seconds(List<Watch.Sample> samples) {
        return samples.stream().map(Watch.Sample::seconds).toList();
    }

    private static List<Double> rates(List<Watch.Sample> samples, ToDoubleFunction<Watch.Sample> sum) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Watch.Sample before = samples.get(Math.max(0, i - 1));
            double span = samples.get(i).seconds() - before.seconds();
            rates.add(span == 0 ? 0 : (sum.applyAsDouble(samples.get(i)) - sum.applyAsDouble(before)) / span);
        }
        return rates;
    }

    /** One line in a frame, its axes named by their ends; left out if there is nothing but zero. */
    private static void plot(StringBuilder page, String caption, List<Double> xs, List<Double> ys) {
        double top = ys.stream().mapToDouble(y -> y).max().orElse(0);
        if (xs.size() < 2 || top <= 0) {
            return;
        }
        double first = xs.getFirst();
        double span = xs.getLast() - first;
        page.append("<figure><figcaption>").append(caption).append("</figcaption><svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT + BOTTOM).append("\" role=\"img\" aria-label=\"").append(caption).append("\">");
        page.append("<text x=\"0\" y=\"12\">").append(Row.number(top)).append("</text><text x=\"0\" y=\"").append(HEIGHT).append("\">0</text>");
        page.append("<text x=\"").append(LEFT).append("\" y=\"").append(HEIGHT + 18).append("\">").append(Row.number(first)).append("</text><text text-anchor=\"end\" x=\"").append(WIDTH).append("\" y=\"").append(HEIGHT + 18).append("\">").append(Row.number(xs.getLast())).append("</text>");
        page.append("<path d=\"M").append(LEFT).append(" 0V").append(HEIGHT).append('H').append(WIDTH).append("\" fill=\"none\" stroke=\"#999\"/><path fill=\"none\" stroke=\"#2456c9\" stroke-width=\"2\" d=\"");
        for (int i = 0; i < xs.size(); i++) {
            page.append(i == 0 ? 'M' : 'L').append(String.format(Locale.ROOT, "%.1f %.1f", LEFT + (xs.get(i) - first) / span * (WIDTH - LEFT), HEIGHT - Math.max(0, ys.get(i)) / top * (HEIGHT - 4)));
        }
        page.append("\"/></svg></figure>");
    }
}
