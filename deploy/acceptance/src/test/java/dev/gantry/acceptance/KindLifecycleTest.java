package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.testkit.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every kind that scheduling needs can be made, read, listed, watched, patched, replaced and
 * deleted, one by one and as a collection. What kubectl does with them is for other tests; it only
 * makes them here.
 *
 * <p>Conformance: the API operations, lifecycles and CRUD tests of these kinds.
 */
@ExtendWith(Cluster.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KindLifecycleTest {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final MediaType MERGE_PATCH = MediaType.get("application/merge-patch+json");
    private static final String FINALIZERS = "{\"metadata\":{\"finalizers\":null}}";

    private final Cluster cluster;
    @AutoClose private final TestNamespace ns;

    KindLifecycleTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    /**
     * @param isNamespaced and thus under /namespaces/
     * @param body what the smallest valid object has beside its metadata
     * @param status a patch of its status, empty where there is none
     */
    private record Form(
            String group, String plural, boolean isNamespaced, String body, String status) {}

    /** The kinds, by the names that messages use. */
    enum Kind {
        LimitRange(
                new Form(
                        "v1",
                        "limitranges",
                        true,
                        "spec: {limits: [{type: Container, default: {cpu: 300m}}]}",
                        "")),
        PersistentVolume(
                new Form(
                        "v1",
                        "persistentvolumes",
                        false,
                        "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce],"
                                + " storageClassName: nobody, hostPath: {path: /tmp/nothing}}",
                        "{\"status\":{\"message\":\"told\",\"reason\":\"Told\"}}")),
        PersistentVolumeClaim(
                new Form(
                        "v1",
                        "persistentvolumeclaims",
                        true,
                        "spec: {accessModes: [ReadWriteOnce], storageClassName: nobody-else,"
                                + " resources: {requests: {storage: 1Gi}}}",
                        "{\"status\":{\"conditions\":[{\"type\":\"Told\",\"status\":\"True\"}]}}")),
        PriorityClass(new Form("scheduling.k8s.io/v1", "priorityclasses", false, "value: 7", "")),
        PodDisruptionBudget(
                new Form(
                        "policy/v1",
                        "poddisruptionbudgets",
                        true,
                        "spec: {minAvailable: 1, selector: {matchLabels: {app: nobody}}}",
                        "{\"status\":{\"disruptedPods\":{\"p\":\"2026-01-01T00:00:00Z\"}}}")),
        RuntimeClass(new Form("node.k8s.io/v1", "runtimeclasses", false, "handler: runc", "")),
        StorageClass(
                new Form(
                        "storage.k8s.io/v1",
                        "storageclasses",
                        false,
                        "provisioner: example.com/none",
                        "")),
        CSINode(new Form("storage.k8s.io/v1", "csinodes", false, "spec: {drivers: []}", "")),
        CSIDriver(
                new Form(
                        "storage.k8s.io/v1",
                        "csidrivers",
                        false,
                        "spec: {attachRequired: false}",
                        "")),
        CSIStorageCapacity(
                new Form(
                        "storage.k8s.io/v1",
                        "csistoragecapacities",
                        true,
                        "storageClassName: fast\ncapacity: 1Gi",
                        "")),
        DeviceClass(
                new Form(
                        "resource.k8s.io/v1",
                        "deviceclasses",
                        false,
                        "spec: {selectors: [{cel: {expression: 'device.driver == \"d\"'}}]}",
                        "")),
        ResourceClaim(
                new Form(
                        "resource.k8s.io/v1",
                        "resourceclaims",
                        true,
                        "spec: {devices: {requests: [{name: r, exactly: {deviceClassName: c}}]}}",
                        "{\"status\":{\"allocation\":{}}}")),
        ResourceClaimTemplate(
                new Form(
                        "resource.k8s.io/v1",
                        "resourceclaimtemplates",
                        true,
                        "spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName:"
                                + " c}}]}}}",
                        "")),
        ResourceSlice(
                new Form(
                        "resource.k8s.io/v1",
                        "resourceslices",
                        false,
                        "spec: {driver: d.example.com, allNodes: true, pool: {name: p,"
                                + " generation: 1, resourceSliceCount: 1}}",
                        ""));

        private final Form form;

        Kind(Form form) {
            this.form = form;
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsThroughItsLife(Kind kind) throws IOException {
        Form form = kind.form;
        assertThat(get(group(form)).path("resources"))
                .as("discovery")
                .anyMatch(each -> each.path("name").asString().equals(form.plural));
        ns.apply(yaml(kind, "one") + "---\n" + yaml(kind, "two"));
        JsonNode list = all(form);
        assertThat(list.path("items")).hasSize(2);
        String revision = list.at("/metadata/resourceVersion").asString();

        patch(object(form, "one"), "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}}}");
        assertThat(get(object(form, "one")).at("/metadata/labels/patched").asString())
                .isEqualTo("yes");
        // Controllers write the same objects: a conflict says to read again.
        eventually(() -> isReplaced(object(form, "two")));
        assertThat(get(object(form, "two")).at("/metadata/labels/replaced").asString())
                .isEqualTo("yes");
        awaitTold(form, revision);
        if (!form.status.isEmpty()) {
            changeStatus(form);
        }

        delete(object(form, "one"));
        eventually(() -> all(form).path("items").size() == 1);
        send("DELETE", collection(form) + "?labelSelector=" + selector(), null, JSON);
        eventually(() -> all(form).path("items").isEmpty());
    }

    private String yaml(Kind kind, String name) {
        return """
        apiVersion: %s
        kind: %s
        metadata: {name: %s, labels: {set: %s}}
        %s
        """
                .formatted(kind.form.group, kind.name(), name(name), ns.name(), kind.form.body);
    }

    private JsonNode patch(String path, String patch) {
        return send("PATCH", path, (ObjectNode) JsonMapper.shared().readTree(patch), MERGE_PATCH);
    }

    private boolean isReplaced(String path) {
        ObjectNode object = (ObjectNode) get(path);
        ((ObjectNode) object.at("/metadata/labels")).put("replaced", "yes");
        try {
            send("PUT", path, object, JSON);
            return true;
        } catch (ApiRefused refused) {
            assertThat(refused).hasMessageContaining("the object has been modified");
            return false;
        }
    }

    private void changeStatus(Form form) {
        JsonNode changed = patch(object(form, "one") + "/status", form.status);
        JsonNode patch = JsonMapper.shared().readTree(form.status).path("status");
        patch.properties()
                .forEach(
                        each ->
                                assertThat(
                                                isKept(
                                                        each.getValue(),
                                                        changed.path("status").path(each.getKey())))
                                        .as("%s in %s", each, changed)
                                        .isTrue());
    }

    /** All that was told is there, beside what Kubernetes writes though it is empty. */
    private static boolean isKept(JsonNode told, JsonNode there) {
        if (told.isObject()) {
            return told.properties().stream()
                    .allMatch(each -> isKept(each.getValue(), there.path(each.getKey())));
        }
        if (told.isArray()) {
            return told.size() == there.size()
                    && IntStream.range(0, told.size())
                            .allMatch(i -> isKept(told.get(i), there.get(i)));
        }
        return told.equals(there);
    }

    private void delete(String path) {
        send("DELETE", path, null, JSON);
        try {
            patch(path, FINALIZERS);
        } catch (ApiRefused gone) {
            assertThat(gone.isMissing()).as(gone.getMessage()).isTrue();
        }
    }

    private JsonNode all(Form form) {
        return get(group(form) + "/" + form.plural + "?labelSelector=" + selector());
    }

    /** Returns when a watch that begins where the list was read has told of the patch. */
    private void awaitTold(Form form, String revision) throws IOException {
        String path =
                "%s?watch=1&resourceVersion=%s&labelSelector=%s"
                        .formatted(collection(form), revision, selector());
        OkHttpClient client =
                cluster.api()
                        .http()
                        .newBuilder()
                        .readTimeout(Patience.LIMIT)
                        .callTimeout(Patience.LIMIT)
                        .build();
        var request = new Request.Builder().url(cluster.api().url(path)).build();
        try (Response watch = client.newCall(request).execute();
                var events = new BufferedReader(watch.body().charStream())) {
            // AssertJ's own match of a stream would read it to its end first.
            assertThat(events.lines().anyMatch(KindLifecycleTest::isOfThePatch)).isTrue();
        }
    }

    private static boolean isOfThePatch(String event) {
        return event.contains("\"MODIFIED\"") && event.contains("\"patched\":\"yes\"");
    }

    private JsonNode get(String path) {
        return send("GET", path, null, JSON);
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body, MediaType type) {
        return cluster.api().send(method, path, body, type).tree();
    }

    private String object(Form form, String name) {
        return collection(form) + "/" + name(name);
    }

    private String collection(Form form) {
        return form.isNamespaced
                ? group(form) + "/namespaces/" + ns.name() + "/" + form.plural
                : group(form) + "/" + form.plural;
    }

    private static String group(Form form) {
        return form.group.contains("/") ? "/apis/" + form.group : "/api/" + form.group;
    }

    private String selector() {
        return "set%3D" + ns.name();
    }

    /** Also where there are no namespaces, it is this test's own. */
    private String name(String name) {
        return name + "-" + ns.name();
    }
}
