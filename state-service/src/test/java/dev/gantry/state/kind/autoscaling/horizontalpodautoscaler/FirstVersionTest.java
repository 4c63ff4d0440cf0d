package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.kind.Transcript;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class FirstVersionTest {
    private static final String METRICS =
            """
            [{type: Pods, pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: "10"}}},
             {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}},
             {type: External, external: {metric: {name: q, selector: {matchLabels: {a: b}}}, target: {type: Value, value: "3"}}},
             {type: Object, object: {describedObject: {kind: Ingress, name: i}, metric: {name: hits}, target: {type: AverageValue, averageValue: "2", value: "7"}}},
             {type: ContainerResource, containerResource: {name: memory, container: c, target: {type: AverageValue, averageValue: 1Gi}}}]
            """;

    private final FirstVersion conversion = new FirstVersion();

    @Test
    void theShareOfCpuIsAFieldAndAllElseAnAnnotation() {
        ObjectNode first = conversion.fromStored(stored("metrics: " + METRICS, ""));

        assertThat(first.path("apiVersion").asString()).isEqualTo("autoscaling/v1");
        assertThat(first.at("/spec/targetCPUUtilizationPercentage").asInt()).isEqualTo(50);
        assertThat(first.path("spec").has("metrics")).isFalse();
        assertThat(annotation(first, "metrics"))
                .startsWith(
                        "[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"rps\",\"targetAverageValue\":\"10\"}},"
                                + "{\"type\":\"External\",\"external\":{\"metricName\":\"q\","
                                + "\"metricSelector\":{\"matchLabels\":{\"a\":\"b\"}},\"targetValue\":\"3\"}}");
    }

    @Test
    void nothingOfTheStoredFormIsLost() {
        String behavior =
                "behavior: {scaleUp: {selectPolicy: Max, policies: [{type: Pods, value: 4,"
                        + " periodSeconds: 15}], tolerance: 10m}}";
        String status =
                "currentMetrics: [{type: Resource, resource: {name: cpu, current: {averageUtilization:"
                        + " 12, averageValue: 120m}}}], conditions: [{type: AbleToScale, status:"
                        + " 'True'}], desiredReplicas: 2, currentReplicas: 1";
        ObjectNode stored = stored("metrics: " + METRICS + ", " + behavior, status);
        ObjectNode first = conversion.fromStored(stored.deepCopy());

        assertThat(first.at("/status/currentCPUUtilizationPercentage").asInt()).isEqualTo(12);
        assertThat(annotation(first, "behavior"))
                .isEqualTo(
                        "{\"ScaleUp\":{\"StabilizationWindowSeconds\":null,\"SelectPolicy\":\"Max\","
                                + "\"Policies\":[{\"Type\":\"Pods\",\"Value\":4,\"PeriodSeconds\":15}],"
                                + "\"Tolerance\":\"10m\"},\"ScaleDown\":null}");
        ObjectNode back = conversion.toStored(first);
        // The share of CPU comes last on the way back.
        ObjectNode expected = stored.deepCopy();
        var metrics = (tools.jackson.databind.node.ArrayNode) expected.at("/spec/metrics");
        metrics.add(metrics.remove(1));
        assertThat(back).isEqualTo(expected);
    }

    @Test
    void annotationsThatAreNoJsonAreForgotten() {
        ObjectNode first = conversion.fromStored(stored("maxReplicas: 3", ""));
        ((ObjectNode) first.path("metadata"))
                .putObject("annotations")
                .put("autoscaling.alpha.kubernetes.io/metrics", "[")
                .put("mine", "x");

        ObjectNode back = conversion.toStored(first);

        assertThat(back.at("/metadata/annotations").propertyNames()).containsExactly("mine");
        assertThat(back.path("spec").has("metrics")).isFalse();
    }

    private static String annotation(JsonNode object, String name) {
        return object.path("metadata")
                .path("annotations")
                .path("autoscaling.alpha.kubernetes.io/" + name)
                .asString();
    }

    private static ObjectNode stored(String spec, String status) {
        return Transcript.yaml(
                """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec: {%s}
                status: {%s}
                """
                        .formatted(spec.replace("\n", " "), status));
    }
}
