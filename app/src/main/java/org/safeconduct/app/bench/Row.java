package org.safeconduct.app.bench;

import java.util.Locale;

/**
 * One measured number beside its bar.
 *
 * @param bound the bar; 0 if there is none
 * @param atLeast whether the bar is the least or the most it may be
 */
record Row(String name, double value, String unit, double bound, boolean atLeast) {
    static Row plain(String name, double value, String unit) {
        return new Row(name, value, unit, 0, true);
    }

    static Row atLeast(String name, double value, String unit, double bound) {
        return new Row(name, value, unit, bound, true);
    }

    static Row atMost(String name, double value, String unit, double bound) {
        return new Row(name, value, unit, bound, false);
    }

    boolean met() {
        return bound == 0 || (atLeast ? value >= bound : value <= bound);
    }

    /** The value over its bar; 1 where there is none. */
    double ratio() {
        return bound == 0 ? 1 : value / bound;
    }

    /** One object of JSON; names and units hold no quotes. */
    String json() {
        return String.format(Locale.ROOT, "{\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"bound\":%.3f,\"ratio\":%.4f}", name, value, unit, bound, ratio());
    }

    /** The value and its bar in words. */
    String text() {
        return String.format(Locale.ROOT, "%-52s %12s %-14s %s", name, number(value), unit, bound == 0 ? "" : (atLeast ? "at least " : "at most ") + number(bound));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
