package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Where each kind of metric is asked for. */
record MetricQueries(String namespace, String podSelector, List<Kind> kinds) {
    private static final String RESOURCE = "/apis/metrics.k8s.io/v1beta1";
    private static final List<String> CUSTOM =
            List.of("/apis/custom.metrics.k8s.io/v1beta2", "/apis/custom.metrics.k8s.io/v1beta1");
    private static final String EXTERNAL = "/apis/external.metrics.k8s.io/v1beta1";

    /**
     * The query whose answer counts. An adapter may serve the older version of custom metrics
     * alone, so that one is named once the newer is known not to be served.
     */
    ApiQuery of(MetricSpec metric, Function<ApiQuery, Optional<ApiAnswer>> answers) {
        return switch (metric.type()) {
            case RESOURCE, CONTAINER_RESOURCE ->
                    ApiQuery.of(RESOURCE + namespaced() + "/pods")
                            .with("labelSelector", podSelector);
            case EXTERNAL ->
                    ApiQuery.of(EXTERNAL + namespaced() + "/" + metric.name())
                            .with("labelSelector", SelectorText.query(metric.selector()));
            case PODS, OBJECT -> {
                ApiQuery newer = custom(CUSTOM.getFirst(), metric);
                yield answers.apply(newer).filter(MetricQueries::isNotServed).isPresent()
                        ? custom(CUSTOM.getLast(), metric)
                        : newer;
            }
        };
    }

    /** What is missing there is the path, not an object. */
    private static boolean isNotServed(ApiAnswer answer) {
        return answer instanceof ApiAnswer.Refused refused
                && refused.code() == 404
                && !refused.message().contains("metric");
    }

    private ApiQuery custom(String root, MetricSpec metric) {
        ApiQuery query =
                metric.type() == MetricSpec.Type.PODS
                        ? ApiQuery.of(root + namespaced() + "/pods/*/" + metric.name())
                                .with("labelSelector", podSelector)
                        : ApiQuery.of(root + object(metric.describedObject(), metric.name()));
        String selector = SelectorText.query(metric.selector());
        return selector.isEmpty() ? query : query.with("metricLabelSelector", selector);
    }

    /** Compat: a metric of a namespace has a path of its own. */
    private String object(JsonNode described, String metric) {
        String name = Resource.text(described, "name");
        if (Resource.text(described, "kind").equals("Namespace")) {
            return "/namespaces/%s/metrics/%s".formatted(name, metric);
        }
        return "%s/%s/%s/%s".formatted(namespaced(), resource(described), name, metric);
    }

    /** {@code deployments.apps}; a kind that nobody knows is asked for by its name. */
    private String resource(JsonNode described) {
        return TargetKind.of(described, kinds)
                .map(kind -> kind.resource().toString())
                .orElse(Resource.text(described, "kind").toLowerCase(Locale.ROOT));
    }

    private String namespaced() {
        return "/namespaces/" + namespace;
    }
}
