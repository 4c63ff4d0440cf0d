package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one autoscaler may see.
 *
 * @param scalePath empty where the kind of the target is not served
 * @param answers of the API
 * @param pods that the scale's selector selects
 * @param rivals other autoscalers that select some of these pods
 * @param refusal why the API refused what was wanted last
 */
record AutoscalerView(
        Resource autoscaler,
        Optional<ApiQuery> scalePath,
        Function<ApiQuery, Optional<ApiAnswer>> answers,
        List<Kind> kinds,
        List<Resource> pods,
        List<ObjectKey> rivals,
        ScaleHistory history,
        Optional<String> refusal) {

    static AutoscalerView of(Resource autoscaler, ClusterReader cluster, Memory memory) {
        ObjectKey key = autoscaler.key(HorizontalPodAutoscalerController.AUTOSCALERS);
        JsonNode reference = autoscaler.spec().path("scaleTargetRef");
        List<Kind> kinds = cluster.kinds();
        Optional<ApiQuery> path = TargetKind.scale(reference, autoscaler.namespace(), kinds);
        Optional<LabelSelector> selector =
                path.flatMap(cluster::answer)
                        .flatMap(AutoscalerView::scaleOf)
                        .map(AutoscalerView::selectorOf)
                        .filter(text -> !text.isEmpty())
                        .flatMap(AutoscalerView::parsed);
        List<Resource> pods =
                selector.map(
                                each ->
                                        cluster
                                                .list(Resources.PODS, autoscaler.namespace())
                                                .stream()
                                                .filter(pod -> each.selects(pod.labels()))
                                                .toList())
                        .orElse(List.of());
        return new AutoscalerView(
                autoscaler,
                path,
                cluster::answer,
                kinds,
                pods,
                rivals(key, pods, memory),
                memory.of(key),
                cluster.lastRefusal(key));
    }

    Optional<ApiAnswer> scaleAnswer() {
        return scalePath.flatMap(answers);
    }

    Optional<Resource> scale() {
        return scaleAnswer().flatMap(AutoscalerView::scaleOf);
    }

    /** Of the target's pods, as the scale says it; empty where it does not. */
    String selector() {
        return scale().map(AutoscalerView::selectorOf).orElse("");
    }

    /** What is wrong with the selector; empty where nothing is. */
    Optional<String> selectorFault() {
        try {
            LabelQuery.parse(selector());
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of(
                    "couldn't convert selector into a corresponding internal selector object: "
                            + malformed.getMessage());
        }
    }

    List<MetricSpec> metrics() {
        List<MetricSpec> metrics = new ArrayList<>();
        for (JsonNode each : autoscaler.spec().path("metrics")) {
            MetricSpec.of(each).ifPresent(metrics::add);
        }
        return metrics;
    }

    MetricQueries queries() {
        return new MetricQueries(autoscaler.namespace(), selector(), kinds);
    }

    private static Optional<Resource> scaleOf(ApiAnswer answer) {
        return answer instanceof ApiAnswer.Found found
                ? Optional.of(found.object())
                : Optional.empty();
    }

    private static String selectorOf(Resource scale) {
        return Resource.text(scale.status(), "selector");
    }

    private static Optional<LabelSelector> parsed(String text) {
        try {
            return Optional.of(LabelQuery.parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static List<ObjectKey> rivals(ObjectKey key, List<Resource> pods, Memory memory) {
        List<ObjectKey> rivals = new ArrayList<>();
        memory.selectors(key.namespace())
                .forEach(
                        (other, text) -> {
                            Optional<LabelSelector> selector = parsed(text);
                            boolean isRival =
                                    !other.equals(key)
                                            && selector.isPresent()
                                            && pods.stream()
                                                    .anyMatch(
                                                            pod ->
                                                                    selector.get()
                                                                            .selects(pod.labels()));
                            if (isRival) {
                                rivals.add(other);
                            }
                        });
        return rivals;
    }
}
