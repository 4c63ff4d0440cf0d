package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.frame.Bookmarks;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Kubernetes Java Client throws on fields that it does not know and on required ones that are
 * missing: it reads every kind as we send it.
 */
class StrictClientTest {
    private static final String POD_SPEC =
            "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}";
    private static final String TEMPLATE =
            "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                    + POD_SPEC
                    + "}";
    private static final String JOB_TEMPLATE =
            "\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    private static final String ROLE_REF =
            "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"r\"}";

    /** What the smallest valid object of the kind has beside its metadata. */
    private static final Map<Kind, String> CONTENT =
            Map.ofEntries(
                    Map.entry(Kinds.POD, POD_SPEC),
                    Map.entry(Kinds.SERVICE, "\"spec\":{\"ports\":[{\"port\":80}]}"),
                    Map.entry(
                            Kinds.POD_TEMPLATE,
                            "\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"),
                    Map.entry(
                            Kinds.REPLICATION_CONTROLLER,
                            "\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                                    + POD_SPEC
                                    + "}}"),
                    Map.entry(Kinds.REPLICA_SET, "\"spec\":{" + TEMPLATE + "}"),
                    Map.entry(Kinds.DEPLOYMENT, "\"spec\":{" + TEMPLATE + "}"),
                    Map.entry(Kinds.STATEFUL_SET, "\"spec\":{" + TEMPLATE + "}"),
                    Map.entry(Kinds.DAEMON_SET, "\"spec\":{" + TEMPLATE + "}"),
                    Map.entry(Kinds.JOB, "\"spec\":{" + JOB_TEMPLATE + "}"),
                    Map.entry(
                            Kinds.CRON_JOB,
                            "\"spec\":{\"schedule\":\"@daily\",\"jobTemplate\":{\"spec\":{"
                                    + JOB_TEMPLATE
                                    + "}}}"),
                    Map.entry(
                            Kinds.HORIZONTAL_POD_AUTOSCALER,
                            "\"spec\":{\"maxReplicas\":3,\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"d\"}}"),
                    Map.entry(Kinds.CONTROLLER_REVISION, "\"revision\":1,\"data\":{\"x\":1}"),
                    Map.entry(
                            Kinds.EVENT,
                            "\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\",\"namespace\":\"shop\"},\"reason\":\"R\""),
                    Map.entry(
                            Kinds.ENDPOINTS,
                            "\"subsets\":[{\"addresses\":[{\"ip\":\"10.0.0.1\"}],\"ports\":[{\"port\":80}]}]"),
                    Map.entry(
                            Kinds.ENDPOINT_SLICE,
                            "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"10.0.0.1\"]}]"),
                    Map.entry(Kinds.ROLE_BINDING, ROLE_REF),
                    Map.entry(Kinds.CLUSTER_ROLE_BINDING, ROLE_REF),
                    Map.entry(Kinds.PRIORITY_CLASS, "\"value\":7"),
                    Map.entry(
                            Kinds.PERSISTENT_VOLUME,
                            "\"spec\":{\"capacity\":{\"storage\":\"5Gi\"},\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/data\"}}"),
                    Map.entry(
                            Kinds.PERSISTENT_VOLUME_CLAIM,
                            "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}"),
                    Map.entry(
                            Kinds.LIMIT_RANGE,
                            "\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{\"cpu\":\"1\"}}]}"),
                    Map.entry(Kinds.STORAGE_CLASS, "\"provisioner\":\"example.com/disk\""),
                    Map.entry(Kinds.CSI_NODE, "\"spec\":{\"drivers\":[]}"),
                    Map.entry(Kinds.CSI_DRIVER, "\"spec\":{}"),
                    Map.entry(Kinds.CSI_STORAGE_CAPACITY, "\"storageClassName\":\"fast\""),
                    Map.entry(Kinds.RUNTIME_CLASS, "\"handler\":\"kata\""),
                    Map.entry(Kinds.RESOURCE_CLAIM, "\"spec\":{}"),
                    Map.entry(Kinds.RESOURCE_CLAIM_TEMPLATE, "\"spec\":{\"spec\":{}}"),
                    Map.entry(
                            Kinds.RESOURCE_SLICE,
                            "\"spec\":{\"driver\":\"d.example.com\",\"nodeName\":\"n\",\"pool\":{\"name\":\"n\",\"generation\":1,\"resourceSliceCount\":1}}"),
                    Map.entry(Kinds.DEVICE_CLASS, "\"spec\":{}"));

    private static Stream<Kind> kinds() {
        return BuiltinKinds.DEFINITIONS.stream().map(ResourceDefinition::kind);
    }

    private static void read(Kind kind, String suffix, String json) throws Exception {
        String group =
                kind.equals(Kinds.EVENT)
                        ? "CoreV1"
                        : kind.equals(Kinds.RESOURCE_CLAIM) && suffix.isEmpty()
                                ? "ResourceV1"
                                : kind.version().toUpperCase(java.util.Locale.ROOT);
        Class<?> model =
                Class.forName(
                        "io.kubernetes.client.openapi.models." + group + kind.kindName() + suffix);
        assertThatCode(() -> model.getMethod("fromJson", String.class).invoke(null, json))
                .as(json)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsObjectsListsAndBookmarks(Kind kind) throws Exception {
        TestApi api = TestApi.withNamespace("shop");
        api.post(
                "/api/v1/namespaces/shop/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
        String root = (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion();
        String path = root + (kind.isNamespaced() ? "/namespaces/shop/" : "/") + kind.plural();
        String content = CONTENT.getOrDefault(kind, "");
        String body =
                "{\"metadata\":{\"name\":\"some\"}"
                        + (content.isEmpty() ? "" : "," + content)
                        + "}";

        Answer made = api.post(path, body);

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        read(kind, "", made.body().toString());
        read(kind, "List", api.get(path).body().toString());
        var type = Schema.builtin().of(KindName.of(kind));
        for (boolean endsInitial : List.of(true, false)) {
            read(kind, "", Bookmarks.of(kind, type, new Revision(5), endsInitial).toString());
        }
    }
}
