package dev.gantry.bench.rounds;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Report;

/** What can be measured in rounds. */
@FunctionalInterface
public interface Benchmark {
    /** Makes what it needs in a cluster, and warms up what has to be warm. */
    Session open(Cluster cluster) throws Exception;

    /** The benchmark in one cluster; closing removes what it made there. */
    interface Session extends AutoCloseable {
        /** Every round's report has the same figures, or fewer. */
        Report round() throws Exception;

        @Override
        void close();
    }
}
