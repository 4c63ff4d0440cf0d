package dev.gantry.state.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class LimitRangerTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String BOUNDS =
            """
            metadata: {name: bounds, namespace: a}
            spec:
              limits:
              - type: Container
                min: {cpu: 50m}
                max: {cpu: 500m, memory: 500Mi}
                default: {cpu: 500m, memory: 500Mi}
                defaultRequest: {cpu: 100m, memory: 200Mi}
                maxLimitRequestRatio: {cpu: "5"}
            """;

    @Test
    void completesWhatContainersLeaveOutAndTellsOfIt() {
        ObjectNode pod =
                yaml(
                        """
                        metadata: {name: web, namespace: a}
                        spec:
                          containers: [{name: c, resources: {requests: {cpu: 300m}}}]
                          initContainers: [{name: i}]
                        """);

        assertThat(admit(Kinds.POD, pod, BOUNDS)).isEmpty();

        assertThat(pod.at("/spec/containers/0/resources"))
                .isEqualTo(
                        YAML.readTree(
                                "{requests: {cpu: 300m, memory: 200Mi}, limits: {cpu: 500m, memory:"
                                        + " 500Mi}}"));
        assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asString())
                .isEqualTo(
                        "LimitRanger plugin set: memory request for container c; cpu, memory limit"
                                + " for container c; cpu, memory request for init container i; cpu,"
                                + " memory limit for init container i");
    }

    @Test
    void namesAllThatIsOutOfBounds() {
        assertThat(
                        admit(
                                Kinds.POD,
                                yaml(
                                        """
                                        metadata: {name: web, namespace: a}
                                        spec:
                                          containers:
                                          - {name: c, resources: {requests: {cpu: 10m}, limits: {cpu: 600m, memory: 1Gi}}}
                                        """),
                                BOUNDS))
                .contains(
                        "pods \"web\" is forbidden: [minimum cpu usage per Container is 50m, but"
                                + " request is 10m, maximum cpu usage per Container is 500m, but"
                                + " limit is 600m, maximum memory usage per Container is 500Mi, but"
                                + " limit is 1Gi, cpu max limit to request ratio per Container is 5,"
                                + " but provided ratio is 60.000000]");
    }

    @Test
    void boundsTheSumOfAPod() {
        String range =
                "{metadata: {name: b, namespace: a}, spec: {limits: [{type: Pod, max: {cpu: 1}}]}}";
        String container = "{name: c, resources: {requests: {cpu: 600m}, limits: {cpu: 600m}}}";
        ObjectNode one =
                yaml(
                        "{metadata: {name: web, namespace: a}, spec: {overhead: {cpu: 2},"
                                + " containers: [%s]}}".formatted(container));
        ObjectNode two =
                yaml(
                        "{metadata: {name: web, namespace: a}, spec: {containers: [%s, %s]}}"
                                .formatted(container, container));

        assertThat(admit(Kinds.POD, one, range)).isEmpty();
        assertThat(admit(Kinds.POD, two, range))
                .contains(
                        "pods \"web\" is forbidden: maximum cpu usage per Pod is 1, but limit is"
                                + " 1200m");
    }

    @Test
    void boundsWhatAClaimAsksFor() {
        String range =
                "{metadata: {name: b, namespace: a}, spec: {limits: [{type: PersistentVolumeClaim,"
                        + " min: {storage: 1Gi}, max: {storage: 2Gi}}]}}";
        String claim =
                "{metadata: {name: data, namespace: a}, spec: {resources: {requests: {storage:"
                        + " %s}}}}";

        assertThat(admit(Kinds.PERSISTENT_VOLUME_CLAIM, yaml(claim.formatted("1Gi")), range))
                .isEmpty();
        assertThat(admit(Kinds.PERSISTENT_VOLUME_CLAIM, yaml(claim.formatted("1Mi")), range))
                .contains(
                        "persistentvolumeclaims \"data\" is forbidden: minimum storage usage per"
                                + " PersistentVolumeClaim is 1Gi, but request is 1Mi");
        assertThat(admit(Kinds.PERSISTENT_VOLUME_CLAIM, yaml(claim.formatted("3Gi")), range))
                .contains(
                        "persistentvolumeclaims \"data\" is forbidden: maximum storage usage per"
                                + " PersistentVolumeClaim is 2Gi, but request is 3Gi");
    }

    private static Optional<String> admit(Kind kind, ObjectNode object, String range) {
        var admin = new Caller("admin", "", List.of("system:masters"), new TreeMap<>());
        var view = new OneRange(new Resource(yaml(range)));
        AdmissionRequest request =
                new PluginRuns(view, admin, 7)
                        .request(kind, Operation.CREATE, object, Optional.empty());
        LimitRanger limits = new LimitRanger();
        return limits.admit(request, view)
                .or(() -> limits.validate(request, view))
                .map(Refusal::message);
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }

    private record OneRange(Resource range) implements ClusterView {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return Optional.empty();
        }

        @Override
        public List<Resource> list(GroupResource resource, String namespace) {
            return resource.equals(Resources.LIMIT_RANGES) && namespace.equals(range.namespace())
                    ? List.of(range)
                    : List.of();
        }
    }
}
