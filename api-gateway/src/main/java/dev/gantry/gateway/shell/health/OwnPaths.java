package dev.gantry.gateway.shell.health;

import dev.gantry.client.shell.management.ZPages;
import dev.gantry.client.zpage.ZPage;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.model.version.ServerVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /version}, {@code /metrics}, {@code /statusz}, {@code /flagz}, the probes, what is told
 * for debugging, and the index of all paths.
 */
public final class OwnPaths {
    private static final String METRICS = "/metrics";
    private static final String VERSION = "/version";

    private final Probes probes;
    private final Metrics metrics;
    private final ApiReply version = Replies.indented(ServerVersion.info());
    private final BiFunction<String, Query, Optional<String>> debug;
    private final Supplier<List<String>> others;
    private final ZPages pages;

    /**
     * @param debug what is told below {@code /debug/}, by path
     * @param settings those in force
     * @param others the paths that the state service has
     */
    public OwnPaths(
            Probes probes,
            Metrics metrics,
            BiFunction<String, Query, Optional<String>> debug,
            SortedMap<String, String> settings,
            Supplier<List<String>> others) {
        this.probes = probes;
        this.metrics = metrics;
        this.debug = debug;
        this.others = others;
        this.pages = new ZPages("kube-apiserver", this::own, () -> settings);
    }

    /**
     * Empty where the path is none of the gateway's own.
     *
     * @param accept the header; may be empty
     */
    public Optional<ApiReply> answer(String path, String accept, Query query) {
        if (path.equals("/")) {
            return Optional.of(Replies.indented(index()));
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
        return probe(path, query).or(() -> pages.at(path).map(page -> reply(page.answer(accept))));
    }

    private Optional<ApiReply> probe(String path, Query query) {
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

    private static ApiReply reply(ZPage.Answer answer) {
        return switch (answer) {
            case ZPage.Answer.Page(var type, var body) ->
                    new ApiReply.Whole(200, type, new TreeMap<>(), body);
            case ZPage.Answer.NotAcceptable(var why) ->
                    Replies.refusal(new Refusal.NotAcceptable(why));
        };
    }

    private ObjectNode index() {
        SortedSet<String> all = own();
        all.addAll(others.get());
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        all.forEach(index.putArray("paths")::add);
        return index;
    }

    private SortedSet<String> own() {
        SortedSet<String> own = new TreeSet<>(probes.paths());
        own.addAll(ZPages.PATHS);
        own.addAll(List.of(METRICS, VERSION));
        return own;
    }
}
