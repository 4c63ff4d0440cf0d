package dev.gantry.gateway.shell.health;

import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.request.Query;
import dev.gantry.model.version.ServerVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /version}, {@code /metrics}, the probes, what is told for debugging, and the index of all
 * paths.
 */
public final class OwnPaths {
    private static final String METRICS = "/metrics";
    private static final String VERSION = "/version";

    private final Probes probes;
    private final Metrics metrics;
    private final ApiReply version = Replies.json(200, ServerVersion.info());
    private final BiFunction<String, Query, Optional<String>> debug;
    private final Supplier<List<String>> others;

    /**
     * @param debug what is told below {@code /debug/}, by path
     * @param others the paths that the state service has
     */
    public OwnPaths(
            Probes probes,
            Metrics metrics,
            BiFunction<String, Query, Optional<String>> debug,
            Supplier<List<String>> others) {
        this.probes = probes;
        this.metrics = metrics;
        this.debug = debug;
        this.others = others;
    }

    /** Empty where the path is none of the gateway's own. */
    public Optional<ApiReply> answer(String path, Query query) {
        if (path.equals("/")) {
            return Optional.of(Replies.json(200, index()));
        }
        if (path.equals(VERSION) || path.equals(VERSION + "/")) {
            return Optional.of(version);
        }
        if (path.equals(METRICS)) {
            return Optional.of(Replies.text(200, metrics.text()));
        }
        if (path.startsWith("/debug/")) {
            return debug.apply(path, query).map(text -> Replies.text(200, text));
        }
        if (!path.startsWith("/healthz")
                && !path.startsWith("/livez")
                && !path.startsWith("/readyz")) {
            return Optional.empty();
        }
        return probes.report(path, new HashSet<>(query.all("exclude")))
                .map(
                        report ->
                                Replies.text(
                                        report.isWell() ? 200 : 500,
                                        report.text(query.raw().contains("verbose"))));
    }

    private ObjectNode index() {
        SortedSet<String> all = new TreeSet<>(others.get());
        all.addAll(probes.paths());
        all.addAll(List.of(METRICS, VERSION));
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        all.forEach(index.putArray("paths")::add);
        return index;
    }
}
