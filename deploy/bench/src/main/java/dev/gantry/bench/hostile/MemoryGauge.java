package dev.gantry.bench.hostile;

import dev.gantry.bench.client.Cluster;
import java.io.IOException;
import okhttp3.Request;

/** How much memory a server takes, as it says itself under {@code /metrics}. */
final class MemoryGauge {
    private static final String SERIES = "process_resident_memory_bytes ";

    private final Cluster cluster;

    MemoryGauge(Cluster cluster) {
        this.cluster = cluster;
    }

    /** In megabytes; NaN where the server does not say, or does not answer. */
    double megabytes() {
        Request request = new Request.Builder().url(cluster.api().url("/metrics")).build();
        try (var response = cluster.api().http().newCall(request).execute()) {
            return megabytes(response.body().string());
        } catch (IOException silent) {
            return Double.NaN;
        }
    }

    static double megabytes(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(SERIES))
                .mapToDouble(line -> Double.parseDouble(line.substring(SERIES.length())) / 1e6)
                .findFirst()
                .orElse(Double.NaN);
    }
}
