package dev.gantry.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.kind.BuiltinKinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code kubectl get} shows of volumes, budgets and devices. */
final class StorageTablesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void showsVolumes() {
        assertThat(
                        row(
                                Kinds.PERSISTENT_VOLUME,
                                """
                                spec:
                                  capacity: {storage: 5Gi}
                                  accessModes: [ReadWriteMany, ReadWriteOnce]
                                  persistentVolumeReclaimPolicy: Retain
                                  claimRef: {namespace: shop, name: data}
                                  storageClassName: fast
                                  volumeMode: Filesystem
                                status: {phase: Bound}
                                """))
                .containsExactly(
                        "a",
                        "5Gi",
                        "RWO,RWX",
                        "Retain",
                        "Bound",
                        "shop/data",
                        "fast",
                        "<unset>",
                        "",
                        "10m",
                        "Filesystem");
    }

    @Test
    void showsWhatAClaimGotRatherThanWhatItAskedFor() {
        String spec =
                "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, %s}\n";
        assertThat(row(Kinds.PERSISTENT_VOLUME_CLAIM, spec.formatted("storageClassName: f")))
                .containsExactly("a", "", "", "", "", "f", "<unset>", "10m", "<unset>");
        assertThat(
                        row(
                                Kinds.PERSISTENT_VOLUME_CLAIM,
                                spec.formatted("volumeName: disk")
                                        + "status: {phase: Bound, capacity: {storage: 2Gi}, accessModes:"
                                        + " [ReadWriteOncePod]}"))
                .containsExactly(
                        "a", "Bound", "disk", "2Gi", "RWOP", "", "<unset>", "10m", "<unset>");
        assertThat(
                        row(
                                        Kinds.PERSISTENT_VOLUME_CLAIM,
                                        spec.formatted("volumeName: disk")
                                                + "status: {phase: Pending}")
                                .get(3))
                .as("bound by name, and nothing is known of the volume yet")
                .isEqualTo("0");
    }

    @Test
    void marksTheDefaultStorageClass() {
        ObjectNode object =
                yaml(
                        """
                        metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
                        provisioner: example.com/disk
                        volumeBindingMode: Immediate
                        """);
        assertThat(row(Kinds.STORAGE_CLASS, object).subList(0, 5))
                .containsExactly(
                        "fast (default)", "example.com/disk", "Delete", "Immediate", "false");
    }

    @Test
    void showsBudgets() {
        assertThat(
                        row(
                                Kinds.POD_DISRUPTION_BUDGET,
                                "{spec: {minAvailable: 2}, status: {disruptionsAllowed: 1}}"))
                .containsExactly("a", "2", "N/A", "1", "10m");
        assertThat(row(Kinds.POD_DISRUPTION_BUDGET, "{spec: {maxUnavailable: 50%}}"))
                .containsExactly("a", "N/A", "50%", "0", "10m");
    }

    @Test
    void showsDrivers() {
        assertThat(
                        row(
                                Kinds.CSI_DRIVER,
                                "{spec: {attachRequired: false, volumeLifecycleModes: [Persistent,"
                                        + " Ephemeral], tokenRequests: [{audience: x}]}}"))
                .containsExactly(
                        "a",
                        "false",
                        "false",
                        "false",
                        "x",
                        "false",
                        "Persistent,Ephemeral",
                        "10m");
        assertThat(row(Kinds.CSI_NODE, "{spec: {drivers: [{name: d}]}}"))
                .containsExactly("a", "1", "10m");
    }

    @Test
    void showsWhoseDevicesThereAreAndHowClaimsStand() {
        assertThat(row(Kinds.RESOURCE_SLICE, "{spec: {nodeName: n1, driver: d, pool: {name: p}}}"))
                .containsExactly("a", "n1", "d", "p", "10m");
        assertThat(row(Kinds.RESOURCE_CLAIM, "{spec: {}}")).containsExactly("a", "pending", "10m");
        assertThat(
                        row(
                                Kinds.RESOURCE_CLAIM,
                                "{status: {allocation: {}, reservedFor: [{name: p}]}}"))
                .containsExactly("a", "allocated,reserved", "10m");
        assertThat(row(Kinds.RUNTIME_CLASS, "{handler: kata}")).containsExactly("a", "kata", "10m");
        assertThat(row(Kinds.DEVICE_CLASS, "{spec: {}}")).containsExactly("a", "10m");
    }

    /** Compat: names, types and priorities in {@code pkg/printers/internalversion}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "persistentvolumes | Name, Capacity, Access Modes, Reclaim Policy, Status, Claim,"
                        + " StorageClass, VolumeAttributesClass, Reason, Age, VolumeMode*",
                "persistentvolumeclaims | Name, Status, Volume, Capacity, Access Modes,"
                        + " StorageClass, VolumeAttributesClass, Age, VolumeMode*",
                "storageclasses.storage.k8s.io | Name, Provisioner, ReclaimPolicy, VolumeBindingMode,"
                        + " AllowVolumeExpansion, Age",
                "csinodes.storage.k8s.io | Name, Drivers:integer, Age",
                "csidrivers.storage.k8s.io | Name, AttachRequired:boolean, PodInfoOnMount:boolean,"
                        + " StorageCapacity:boolean, TokenRequests, RequiresRepublish:boolean,"
                        + " Modes, Age",
                "csistoragecapacities.storage.k8s.io | Name, Created At:date",
                "poddisruptionbudgets.policy | Name, Min Available, Max Unavailable,"
                        + " Allowed Disruptions:integer, Age",
                "runtimeclasses.node.k8s.io | Name, Handler, Age",
                "priorityclasses.scheduling.k8s.io | Name, Value:integer, Global-Default:boolean, Age,"
                        + " PreemptionPolicy",
                "podgroups.scheduling.k8s.io | Name, Policy, Workload, Status, Age",
                "workloads.scheduling.k8s.io | Name, Age",
                "deviceclasses.resource.k8s.io | Name, Age",
                "statefulsets.apps | Name, Ready, Age, Containers*, Images*",
                "daemonsets.apps | Name, Desired:integer, Current:integer, Ready:integer,"
                        + " Up-to-date:integer, Available:integer, Node Selector, Age, Containers*,"
                        + " Images*, Selector*",
                "jobs.batch | Name, Status, Completions, Duration, Age, Containers*, Images*,"
                        + " Selector*",
                "cronjobs.batch | Name, Schedule, Timezone, Suspend:boolean, Active:integer,"
                        + " Last Schedule, Age, Containers*, Images*, Selector*",
                "horizontalpodautoscalers.autoscaling | Name, Reference, Targets, MinPods,"
                        + " MaxPods, Replicas, Age",
                "podtemplates | Name, Containers, Images, Pod Labels",
                "replicationcontrollers | Name, Desired:integer, Current:integer, Ready:integer, Age,"
                        + " Containers*, Images*, Selector*",
                "resourceclaims.resource.k8s.io | Name, State, Age",
                "resourceclaimtemplates.resource.k8s.io | Name, Age",
                "resourceslices.resource.k8s.io | Name, Node, Driver, Pool, Age",
            })
    void columnsAreThoseOfUpstream(String plural, String expected) {
        Kind kind = kindOf(plural);
        List<String> columns = new ArrayList<>();
        for (JsonNode each : table(kind, List.of()).path("columnDefinitions")) {
            String type = each.path("type").asString();
            columns.add(
                    each.path("name").asString()
                            + (type.equals("string") ? "" : ":" + type)
                            + (each.path("priority").asInt() == 0 ? "" : "*"));
        }
        assertThat(String.join(", ", columns)).isEqualTo(expected);
    }

    private static List<String> row(Kind kind, String object) {
        ObjectNode tree = yaml(object);
        tree.putObject("metadata")
                .put("name", "a")
                .put("creationTimestamp", "2026-01-01T00:50:00Z");
        return row(kind, tree);
    }

    private static List<String> row(Kind kind, ObjectNode object) {
        List<String> texts = new ArrayList<>();
        table(kind, List.of(object))
                .at("/rows/0/cells")
                .forEach(each -> texts.add(each.asString()));
        return texts;
    }

    private static JsonNode table(Kind kind, List<ObjectNode> objects) {
        Printer printer = printer(kind);
        ObjectNode table = Tables.start(printer, JsonNodeFactory.instance.objectNode());
        ArrayNode rows = table.putArray("rows");
        objects.forEach(
                each -> rows.add(Tables.row(printer, each, IncludeObject.NONE, Set.of(), NOW)));
        return table;
    }

    private static Printer printer(Kind kind) {
        return BuiltinKinds.CATALOG.definition(kind.resource()).orElseThrow().printer();
    }

    private static Kind kindOf(String resource) {
        return Kinds.of(GroupResource.parse(resource)).orElseThrow();
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }
}
