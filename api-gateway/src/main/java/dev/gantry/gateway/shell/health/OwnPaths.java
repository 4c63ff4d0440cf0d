package dev.gantry.gateway.shell.health;

import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.request.Query;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.BiFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /version}, {@code /metrics}, the probes, and what is told for debugging. */
public final class OwnPaths {
    private final Probes probes;
    private final Metrics metrics;
    private final ApiReply version = Replies.json(200, version());
    private final BiFunction<String, Query, Optional<String>> debug;

    /**
     * @param debug what is told below {@code /debug/}, by path
     */
    public OwnPaths(
            Probes probes, Metrics metrics, BiFunction<String, Query, Optional<String>> debug) {
        this.probes = probes;
        this.metrics = metrics;
        this.debug = debug;
    }

    /** Empty where the path is none of the gateway's own. */
    public Optional<ApiReply> answer(String path, Query query) {
        if (path.equals("/version") || path.equals("/version/")) {
            return Optional.of(version);
        }
        if (path.equals("/metrics")) {
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

    /** Compat: every field of version.Info, since typed clients demand them. */
    private static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", "1")
                .put("minor", "36")
                .put("emulationMajor", "1")
                .put("emulationMinor", "36")
                .put("minCompatibilityMajor", "1")
                .put("minCompatibilityMinor", "35")
                .put("gitVersion", "v1.36.0+gantry.0.1.0")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "java" + Runtime.version().feature())
                .put("compiler", "javac")
                .put("platform", "linux/" + System.getProperty("os.arch", "amd64"));
    }
}
