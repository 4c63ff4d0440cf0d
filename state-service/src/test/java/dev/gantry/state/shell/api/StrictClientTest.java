package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.frame.Bookmarks;
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
    private static final String ROLE_REF =
            "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"r\"}";

    /** What the smallest valid object of the kind has beside its metadata. */
    private static final Map<BuiltinKind, String> CONTENT =
            Map.ofEntries(
                    Map.entry(BuiltinKind.POD, POD_SPEC),
                    Map.entry(BuiltinKind.SERVICE, "\"spec\":{\"ports\":[{\"port\":80}]}"),
                    Map.entry(BuiltinKind.REPLICA_SET, "\"spec\":{" + TEMPLATE + "}"),
                    Map.entry(BuiltinKind.DEPLOYMENT, "\"spec\":{" + TEMPLATE + "}"),
                    Map.entry(BuiltinKind.CONTROLLER_REVISION, "\"revision\":1,\"data\":{\"x\":1}"),
                    Map.entry(
                            BuiltinKind.EVENT,
                            "\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"p\",\"namespace\":\"shop\"},\"reason\":\"R\""),
                    Map.entry(
                            BuiltinKind.ENDPOINTS,
                            "\"subsets\":[{\"addresses\":[{\"ip\":\"10.0.0.1\"}],\"ports\":[{\"port\":80}]}]"),
                    Map.entry(
                            BuiltinKind.ENDPOINT_SLICE,
                            "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"10.0.0.1\"]}]"),
                    Map.entry(BuiltinKind.ROLE_BINDING, ROLE_REF),
                    Map.entry(BuiltinKind.CLUSTER_ROLE_BINDING, ROLE_REF),
                    Map.entry(BuiltinKind.PRIORITY_CLASS, "\"value\":7"),
                    Map.entry(
                            BuiltinKind.PERSISTENT_VOLUME,
                            "\"spec\":{\"capacity\":{\"storage\":\"5Gi\"},\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/data\"}}"),
                    Map.entry(
                            BuiltinKind.PERSISTENT_VOLUME_CLAIM,
                            "\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}"),
                    Map.entry(
                            BuiltinKind.LIMIT_RANGE,
                            "\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{\"cpu\":\"1\"}}]}"),
                    Map.entry(BuiltinKind.STORAGE_CLASS, "\"provisioner\":\"example.com/disk\""),
                    Map.entry(BuiltinKind.CSI_NODE, "\"spec\":{\"drivers\":[]}"),
                    Map.entry(BuiltinKind.CSI_DRIVER, "\"spec\":{}"),
                    Map.entry(BuiltinKind.CSI_STORAGE_CAPACITY, "\"storageClassName\":\"fast\""),
                    Map.entry(BuiltinKind.RUNTIME_CLASS, "\"handler\":\"kata\""),
                    Map.entry(BuiltinKind.RESOURCE_CLAIM, "\"spec\":{}"),
                    Map.entry(BuiltinKind.RESOURCE_CLAIM_TEMPLATE, "\"spec\":{\"spec\":{}}"),
                    Map.entry(
                            BuiltinKind.RESOURCE_SLICE,
                            "\"spec\":{\"driver\":\"d.example.com\",\"nodeName\":\"n\",\"pool\":{\"name\":\"n\",\"generation\":1,\"resourceSliceCount\":1}}"),
                    Map.entry(BuiltinKind.DEVICE_CLASS, "\"spec\":{}"));

    private static Stream<BuiltinKind> kinds() {
        return Stream.of(BuiltinKind.values());
    }

    private static void read(BuiltinKind kind, String suffix, String json) throws Exception {
        String group =
                switch (kind) {
                    case EVENT -> "CoreV1";
                    case RESOURCE_CLAIM -> suffix.isEmpty() ? "ResourceV1" : "V1";
                    default -> "V1";
                };
        Class<?> model =
                Class.forName(
                        "io.kubernetes.client.openapi.models." + group + kind.kindName() + suffix);
        assertThatCode(() -> model.getMethod("fromJson", String.class).invoke(null, json))
                .as(json)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsObjectsListsAndBookmarks(BuiltinKind kind) throws Exception {
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
        for (boolean endsInitial : List.of(true, false)) {
            read(kind, "", Bookmarks.of(kind, new Revision(5), endsInitial).toString());
        }
    }
}
