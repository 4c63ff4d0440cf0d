package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppliesTest {
    private static final String MAP = "/api/v1/namespaces/shop/configmaps/a";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    private Answer apply(String manager, String data) {
        return api.patch(
                MAP + "?fieldManager=" + manager,
                "apply-patch+yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n" + data);
    }

    @Test
    void firstApplyCreatesAndTheNextChanges() {
        Answer made = apply("one", "  k: v\n  l: w\n");
        Answer changed = apply("one", "  k: x\n");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/metadata/managedFields/0/manager")).isEqualTo("one");
        assertThat(changed.code()).as(changed.message()).isEqualTo(200);
        assertThat(changed.at("/data").toString()).isEqualTo("{\"k\":\"x\"}");
    }

    @Test
    void theKindMustBeSaidAndBeThatOfThePath() {
        for (String kind : List.of("/, Kind=", "/v1, Kind=", "/v1, Kind=Secret")) {
            String[] parts = kind.substring(1).split(", Kind=", -1);
            Answer refused =
                    configure("{apiVersion: '%s', kind: '%s'}".formatted(parts[0], parts[1]));

            assertThat(refused.code()).isEqualTo(400);
            assertThat(refused.message()).isEqualTo("invalid object type: " + kind);
        }
        assertThat(configure("").message()).isEqualTo("invalid object type: /, Kind=");
    }

    @Test
    void aConfigurationNeedsNoNameOfWhatIsThere() {
        String configuration = "{apiVersion: v1, kind: ConfigMap, data: {k: %s}}";

        assertThat(configure(configuration.formatted("v")).message())
                .isEqualTo(
                        "the name of the object (a based on URL) was undeterminable: name must be"
                                + " provided");
        apply("one", "  k: v\n");
        assertThat(configure(configuration.formatted("v")).code()).isEqualTo(200);
        assertThat(configure(configuration.formatted("x")).code()).isEqualTo(409);
        assertThat(configure("{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}").message())
                .isEqualTo("the name of the object (b) does not match the name on the URL (a)");
        assertThat(
                        configure("{apiVersion: v1, kind: ConfigMap, metadata: {namespace: b}}")
                                .message())
                .isEqualTo(
                        "the namespace of the provided object does not match the namespace sent on"
                                + " the request");
    }

    @Test
    void whatDoesNotHaveTheFormOfTheKindIsAnErrorOfTheServer() {
        Answer mistyped = configure("{apiVersion: v1, kind: ConfigMap, data: {a: 1}}");

        assertThat(mistyped.code()).isEqualTo(500);
        assertThat(mistyped.message())
                .isEqualTo(
                        "failed to create typed patch object (/; /v1, Kind=ConfigMap): .data.a:"
                                + " expected string, got &value.valueUnstructured{Value:1}");
        assertThat(configure("[]").message())
                .isEqualTo(
                        "error decoding YAML: error unmarshaling JSON: while decoding JSON: json:"
                                + " cannot unmarshal array into Go value of type"
                                + " map[string]interface {}");
        assertThat(configure("a: [").message())
                .startsWith("error decoding YAML: error converting YAML to JSON: yaml: line 1: ");
    }

    private Answer configure(String configuration) {
        return api.patch(MAP + "?fieldManager=two", "apply-patch+yaml", configuration);
    }

    /** As java-operator-sdk creates, so that nothing is changed that is there already. */
    @Test
    void aConfigurationThatNamesARevisionCreatesAndChangesNoOther() {
        String configuration =
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"1"},"data":{"k":"%s"}}
                """;
        String path = MAP + "?fieldManager=one";

        Answer made = api.patch(path, "apply-patch+yaml", configuration.formatted("v"));
        Answer again = api.patch(path, "apply-patch+yaml", configuration.formatted("x"));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.message()).contains("the object has been modified");
        assertThat(api.get(MAP).text("/data/k")).isEqualTo("v");
    }

    @Test
    void fieldOfAnotherManagerIsAConflictUnlessForced() {
        apply("one", "  k: v\n");

        Answer refused = apply("two", "  k: x\n");
        Answer forced = apply("two&force=true", "  k: x\n");

        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message()).contains("conflict with \"one\"").contains(".data.k");
        assertThat(forced.code()).isEqualTo(200);
    }

    @Test
    void updateTakesOwnershipOfWhatItChanges() {
        apply("one", "  k: v\n");
        api.put(
                MAP + "?fieldManager=editor",
                "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"y\"}}");

        assertThat(apply("one", "  k: v\n").message()).contains("conflict with \"editor\"");
    }

    @Test
    void applyNeedsAManager() {
        Answer refused = api.patch(MAP, "apply-patch+yaml", "kind: ConfigMap");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .contains("fieldManager: Required value: is required for apply patch");
    }

    @Test
    void strategicPatchMergesByKey() {
        String deployment = "/apis/apps/v1/namespaces/shop/deployments";
        api.post(
                deployment,
                """
                {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},
                 "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[
                  {"name":"a","image":"i"},{"name":"b","image":"j"}]}}}}
                """);

        Answer patched =
                api.patch(
                        deployment + "/web",
                        "strategic-merge-patch+json",
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"b\",\"image\":\"k\"}]}}}}");

        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
        assertThat(patched.at("/spec/template/spec/containers").size()).isEqualTo(2);
        assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void jsonPatchThatDoesNotFitIsRefused() {
        apply("one", "  k: v\n");

        Answer refused =
                api.patch(
                        MAP, "json-patch+json", "[{\"op\":\"remove\",\"path\":\"/data/nothing\"}]");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(api.patch(MAP, "unknown", "{}").code()).isEqualTo(415);
    }
}
