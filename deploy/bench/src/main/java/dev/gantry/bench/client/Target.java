package dev.gantry.bench.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which API servers are measured, and as whom. */
public final class Target {
    @Option(
            names = "--url",
            paramLabel = "<url>",
            description =
                    "API server, such as https://127.0.0.1:6443. Given twice, each time with its"
                            + " --token, two clusters are measured in turns.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--token",
            paramLabel = "<token>",
            description = "Bearer token for --url; its certificate is not checked.")
    private List<String> tokens = new ArrayList<>();

    @Option(
            names = "--kubeconfig",
            paramLabel = "<file>",
            description =
                    "Default: $KUBECONFIG, else the local cluster's. May be given beside --url, or"
                            + " twice, to compare.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--json", description = "Prints one JSON object instead of a table.")
    public boolean json;

    /** One cluster, or two to compare. */
    public List<Cluster> clusters() throws IOException {
        List<Cluster> found = new ArrayList<>();
        for (ClusterChoice each : ClusterChoice.of(urls, tokens, files, ordinary())) {
            found.add(Cluster.of(each));
        }
        return found;
    }

    /** The cluster of a benchmark that compares nothing. */
    public Cluster only() throws IOException {
        List<Cluster> found = clusters();
        if (found.size() > 1) {
            throw new IllegalArgumentException("this benchmark measures one cluster at a time");
        }
        return found.getFirst();
    }

    private static Optional<Path> ordinary() {
        return Optional.ofNullable(System.getenv("KUBECONFIG"))
                .map(Path::of)
                .or(
                        () ->
                                Optional.ofNullable(System.getenv("GANTRY_HOME"))
                                        .map(home -> Path.of(home, "kubeconfig")));
    }
}
