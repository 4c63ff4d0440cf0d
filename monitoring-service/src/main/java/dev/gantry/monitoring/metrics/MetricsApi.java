package dev.gantry.monitoring.metrics;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for {@code metrics.k8s.io}.
 *
 * <p>Compat: metrics-server: only nodes and pods that exist now have metrics, with the labels that
 * they have now, and there are no watches.
 */
public final class MetricsApi {
    private static final String GROUP = "metrics.k8s.io";
    private static final GroupResource NODE_METRICS = new GroupResource(GROUP, "nodemetrics");
    private static final GroupResource POD_METRICS = new GroupResource(GROUP, "podmetrics");

    private final MetricsView view;

    public MetricsApi(MetricsView view) {
        this.view = view;
    }

    /** JSON and its status code. */
    public record Reply(int code, ObjectNode body) {
        static Reply ok(ObjectNode body) {
            return new Reply(200, body);
        }

        static Reply refused(Refusal why) {
            return new Reply(StatusBody.codeOf(why), StatusBody.of(why));
        }
    }

    /**
     * @param accept says whether a table is wanted
     */
    public Reply answer(String method, String path, Query query, String accept) {
        ApiRequest request = ApiRequest.parse(method, path, query);
        if (!request.isResource()) {
            return MetricsDiscovery.page(path)
                    .map(Reply::ok)
                    .orElseGet(() -> Reply.refused(new Refusal.NoSuchPath()));
        }
        if (!(request.group() + "/" + request.version()).equals(Measured.API_VERSION)
                || !request.subresource().isEmpty()) {
            return Reply.refused(new Refusal.NoSuchPath());
        }
        boolean isOfPods = request.plural().equals("pods");
        if (!isOfPods && !request.plural().equals("nodes")) {
            return Reply.refused(new Refusal.NoSuchPath());
        }
        return switch (request.verb()) {
            case "get" -> isOfPods ? pod(request, accept) : node(request.name(), accept);
            case "list" -> list(request, query, accept);
            default ->
                    Reply.refused(new Refusal.MethodNotAllowed(request.resource(), request.verb()));
        };
    }

    private Reply node(String name, String accept) {
        return view.node(name)
                .flatMap(this::measuredNode)
                .map(found -> single(found, accept))
                .orElseGet(() -> Reply.refused(new Refusal.Missing(NODE_METRICS, name)));
    }

    private Reply pod(ApiRequest request, String accept) {
        String shown = request.namespace() + "/" + request.name();
        return view.pod(request.namespace(), request.name())
                .flatMap(this::measuredPod)
                .map(found -> single(found, accept))
                .orElseGet(() -> Reply.refused(new Refusal.Missing(POD_METRICS, shown)));
    }

    private Reply single(Measured found, String accept) {
        return Reply.ok(
                wantsTable(accept)
                        ? MetricsTable.of(List.of(found), view.now())
                        : found.tree(view.now()));
    }

    private Reply list(ApiRequest request, Query query, String accept) {
        LabelSelector labels;
        FieldSelector fields;
        try {
            labels = LabelQuery.parse(query.first("labelSelector"));
            fields = FieldSelector.parse(query.first("fieldSelector"));
        } catch (IllegalArgumentException malformed) {
            return Reply.refused(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
        }
        List<Measured> found = new ArrayList<>();
        candidates(request)
                .filter(each -> labels.selects(each.labels()))
                .filter(each -> fields.selects(field -> fieldOf(each, field)))
                .map(each -> each.namespace().isEmpty() ? measuredNode(each) : measuredPod(each))
                .forEach(each -> each.ifPresent(found::add));
        return Reply.ok(
                wantsTable(accept)
                        ? MetricsTable.of(found, view.now())
                        : listOf(request.plural().equals("pods"), found));
    }

    private Stream<Resource> candidates(ApiRequest request) {
        return (request.plural().equals("pods") ? view.pods(request.namespace()) : view.nodes())
                .stream();
    }

    private static String fieldOf(Resource object, String field) {
        return switch (field) {
            case "metadata.name" -> object.name();
            case "metadata.namespace" -> object.namespace();
            default -> "";
        };
    }

    private ObjectNode listOf(Boolean isOfPods, List<Measured> found) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", isOfPods ? "PodMetricsList" : "NodeMetricsList");
        list.put("apiVersion", Measured.API_VERSION).putObject("metadata");
        ArrayNode items = list.putArray("items");
        found.forEach(each -> items.add(each.tree(view.now())));
        return list;
    }

    private Optional<Measured> measuredNode(Resource node) {
        return view.rates(node.name()).map(rates -> Measured.node(node, rates));
    }

    private Optional<Measured> measuredPod(Resource pod) {
        return view.rates(Resource.text(pod.spec(), "nodeName"))
                .flatMap(rates -> Measured.pod(pod, rates));
    }

    private static boolean wantsTable(String accept) {
        return accept.contains("as=Table");
    }
}
