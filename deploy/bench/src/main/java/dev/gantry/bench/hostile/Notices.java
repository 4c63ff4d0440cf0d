package dev.gantry.bench.hostile;

import dev.gantry.bench.report.Samples;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What honest clients noticed.
 *
 * @param failures requests that were not answered as they should have been
 */
record Notices(Samples gets, Samples creates, Samples newcomers, AtomicInteger failures) {
    /** The slower of reading and creating, beside how it was when all was quiet. */
    double ratio(Notices quiet) {
        return Math.max(
                gets.percentile(99) / quiet.gets.percentile(99),
                creates.percentile(99) / quiet.creates.percentile(99));
    }
}
