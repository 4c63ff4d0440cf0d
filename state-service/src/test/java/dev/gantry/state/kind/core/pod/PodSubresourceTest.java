package dev.gantry.state.kind.core.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.Transcript;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.SubresourceRules;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PodSubresourceTest {
    private static final Strategy PODS = new PodStrategy();
    private static final String STORED =
            """
            metadata: {name: web, namespace: default, resourceVersion: "5", labels: {app: web}}
            spec:
              containers:
              - {name: web, image: nginx, resources: {requests: {cpu: 100m}}}
            """;

    @Test
    void anEphemeralContainerIsAddedAndNothingElseIsTouched() {
        ObjectNode stored = stored();
        ObjectNode updated =
                Transcript.overlay(
                        stored,
                        Transcript.yaml(
                                """
                                metadata: {labels: {app: other}}
                                spec:
                                  hostname: changed
                                  ephemeralContainers: [{name: look, image: busybox, targetContainerName: web}]
                                """));
        assertThat(through(PodSubresources.EPHEMERAL_CONTAINERS, updated, stored)).isEmpty();
        assertThat(updated.path("spec").has("hostname")).isFalse();
        assertThat(updated.at("/metadata/labels/app").asString()).isEqualTo("web");
        assertThat(updated.at("/spec/ephemeralContainers/0/imagePullPolicy").asString())
                .isEqualTo("Always");
    }

    @Test
    void anEphemeralContainerIsNoPartOfThePod() {
        ObjectNode stored = stored();
        ObjectNode updated =
                Transcript.overlay(
                        stored,
                        Transcript.yaml(
                                """
                                spec:
                                  ephemeralContainers:
                                  - {name: web, image: a, ports: [{containerPort: 1}]}
                                  - {name: b, image: a, targetContainerName: nobody, lifecycle: {}}
                                """));
        assertThat(through(PodSubresources.EPHEMERAL_CONTAINERS, updated, stored))
                .containsExactly(
                        "spec.ephemeralContainers[0].name: Duplicate value: \"web\"",
                        "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an"
                                + " Ephemeral Container",
                        "spec.ephemeralContainers[1].targetContainerName: Not found: \"nobody\"",
                        "spec.ephemeralContainers[1].lifecycle: Forbidden: cannot be set for an"
                                + " Ephemeral Container");
    }

    @Test
    void ephemeralContainersStay() {
        ObjectNode stored =
                Transcript.overlay(
                        stored(),
                        Transcript.yaml("spec: {ephemeralContainers: [{name: look, image: a}]}"));
        PODS.setDefaults(stored);
        ObjectNode updated =
                Transcript.overlay(stored, Transcript.yaml("spec: {ephemeralContainers: []}"));
        assertThat(through(PodSubresources.EPHEMERAL_CONTAINERS, updated, stored))
                .containsExactly(
                        "spec.ephemeralContainers: Forbidden: existing ephemeral containers"
                                + " \"look\" may not be removed\n");
    }

    @Test
    void cpuIsResizedInPlace() {
        ObjectNode stored = stored();
        ObjectNode updated = resized(stored, "{requests: {cpu: 200m}}");
        assertThat(through(PodSubresources.RESIZE, updated, stored)).isEmpty();
        assertThat(updated.at("/spec/containers/0/resources/requests/cpu").asString())
                .isEqualTo("200m");
        assertThat(updated.at("/spec/containers/0/image").asString()).isEqualTo("nginx");
    }

    @Test
    void aResizeChangesNeitherQosNorOtherResources() {
        ObjectNode stored = stored();
        ObjectNode updated =
                resized(stored, "{requests: {example.com/x: 1}, limits: {example.com/x: 1}}");
        assertThat(through(PodSubresources.RESIZE, updated, stored))
                .containsExactly(
                        "spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a"
                                + " result of resizing",
                        "spec.containers[0].resources.requests: Forbidden: resource requests cannot"
                                + " be removed",
                        "spec: Forbidden: only cpu and memory resources are mutable");
    }

    @Test
    void anInitContainerIsResizedWhetherItIsASidecarOrNot() {
        ObjectNode stored =
                Transcript.overlay(
                        stored(),
                        Transcript.yaml(
                                "spec: {initContainers: [{name: a, image: a, resources: {requests: {cpu: 1}}}]}"));
        PODS.setDefaults(stored);
        ObjectNode updated =
                Transcript.overlay(
                        stored,
                        Transcript.yaml(
                                "spec: {initContainers: [{name: a, image: b, resources: {requests: {cpu: 2}}}]}"));
        assertThat(through(PodSubresources.RESIZE, updated, stored)).isEmpty();
        assertThat(updated.at("/spec/initContainers/0/resources/requests/cpu").asString())
                .isEqualTo("2");
        assertThat(updated.at("/spec/initContainers/0/image").asString()).isEqualTo("a");
    }

    private static ObjectNode resized(ObjectNode stored, String resources) {
        return Transcript.overlay(
                stored,
                Transcript.yaml(
                        "spec: {hostname: changed, containers: [{name: web, image: changed,"
                                + " resources: "
                                + resources
                                + "}]}"));
    }

    private static ObjectNode stored() {
        ObjectNode pod = Transcript.yaml(STORED);
        PODS.setDefaults(pod);
        PODS.prepareForCreate(pod);
        return pod;
    }

    private static List<String> through(
            SubresourceRules rules, ObjectNode updated, ObjectNode stored) {
        PODS.setDefaults(updated);
        rules.preparation().prepare(updated, stored, Instant.EPOCH);
        return rules.validation().validate(updated, stored).stream()
                .map(FieldError::toString)
                .toList();
    }
}
