package com.convmerge.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one round has shown.
 *
 * @param seconds from the first call about a conversation to the last
 * @param calls about conversations
 * @param refused answered 429
 * @param cpuMillis processor time of the program from its first call on
 * @param peakMegabytes the most memory that the program held; 0 where nobody can say
 * @param databaseMillis time that PostgreSQL spent on the program's statements; 0 on H2, whose time is the program's own
 * @param used share of the granted calls that were used in the full windows, in percent; 0 without such a window
 */
record Measured(
        double seconds,
        long calls,
        long refused,
        double cpuMillis,
        long peakMegabytes,
        double databaseMillis,
        double used) {
    /** The middle of a figure in all rounds. */
    static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        List<Measured> sorted =
                rounds.stream().sorted(Comparator.comparingDouble(figure)).toList();
        return figure.applyAsDouble(sorted.get(sorted.size() / 2));
    }

    /** How far apart a figure's largest and smallest values are, in percent of the middle. */
    static double spread(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        double most = rounds.stream().mapToDouble(figure).max().orElse(0);
        double least = rounds.stream().mapToDouble(figure).min().orElse(0);
        double median = median(rounds, figure);
        return median == 0 ? 0 : 100 * (most - least) / median;
    }
}
