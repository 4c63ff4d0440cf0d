package dev.gantry.state.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks by one request. Each once took memory by the square of its size, or by doubling, or ended
 * its thread by a stack that was too deep; or is of the same kind as one that did.
 */
class BoundedRequestsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";

    private final TestApi api;

    BoundedRequestsTest() throws InterruptedException {
        this.api = TestApi.withNamespace("default");
        api.post(
                "/api/v1/namespaces/default/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
    }

    @Test
    void asManyContainersAsABodyMayHave() {
        String containers = "\"containers\":" + list(99_000, _ -> "{}");
        Cost.Request request =
                post(PODS, "{\"metadata\":{\"name\":\"a\"},\"spec\":{" + containers + "}}");
        Cost cost = Cost.of(api, request);
        cost.isBoundedFor("99,000 containers", request);
        assertThat(cost.code()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(ints = {800, 5_000, 30_000})
    void ownersThatAllControl(int count) {
        String owner =
                "{\"apiVersion\":\"v1\",\"kind\":\"P\",\"name\":\"n\",\"uid\":\"u\",\"controller\":true}";
        check(post(MAPS + "?dryRun=All", meta("\"ownerReferences\":" + list(count, _ -> owner))));
    }

    @Test
    void oneLargeValueIsQuotedByManyErrors() {
        String long1 = "x".repeat(1_000_000);
        check(
                post(
                        MAPS,
                        meta(
                                "\"ownerReferences\":"
                                        + list(
                                                2000,
                                                i ->
                                                        "{\"controller\":true,\"kind\":\"%s\"}"
                                                                .formatted(
                                                                        i == 0 ? long1 : "k")))));
    }

    @Test
    void copiesThatDouble() {
        api.post(MAPS, meta("\"annotations\":{\"a\":\"" + "x".repeat(1000) + "\"}"));
        String copies =
                list(
                        30,
                        i ->
                                "{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/metadata/c%d\"}"
                                        .formatted(i));
        check(patch(MAPS + "/a", copies, "json-patch"));
    }

    @Test
    void copiesThatDeepen() {
        api.post(MAPS, meta("\"labels\":{}"));
        String copies = list(40, _ -> "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/metadata\"}");
        check(patch(MAPS + "/a", copies, "json-patch"));
        String moves =
                "[{\"op\":\"add\",\"path\":\"/x\",\"value\":"
                        + nested("{\"y\":", "}", 150)
                        + "},"
                        + list(
                                        5_000,
                                        i ->
                                                i % 2 == 0
                                                        ? "{\"op\":\"add\",\"path\":\"/z\",\"value\":{}},{\"op\":\"move\",\"from\":\"/x\",\"path\":\"/z/x\"}"
                                                        : "{\"op\":\"move\",\"from\":\"/z\",\"path\":\"/x\"}")
                                .substring(1);
        check(patch(MAPS + "/a", moves, "json-patch"));
    }

    @Test
    void patchesOfManySmallOperations() {
        api.post(MAPS, meta("\"labels\":{}"));
        check(
                patch(
                        MAPS + "/a",
                        list(10_000, _ -> "{\"op\":\"add\",\"path\":\"/data\",\"value\":{}}"),
                        "json-patch"));
        check(patch(MAPS + "/a", list(200_000, _ -> "{}"), "json-patch"));
    }

    @Test
    void listsThatAreMerged() {
        api.post(MAPS, meta("\"finalizers\":[\"a/b\"]"));
        String names = list(60_000, i -> "\"a/" + i + "\"");
        String order = "\"$setElementOrder/finalizers\":" + names;
        check(
                patch(
                        MAPS + "/a",
                        meta(order + ",\"finalizers\":" + names),
                        "strategic-merge-patch"));
        check(
                patch(
                        MAPS + "/a",
                        meta("\"$deleteFromPrimitiveList/finalizers\":" + names),
                        "strategic-merge-patch"));
        String owners = list(30_000, i -> "{\"uid\":\"" + i + "\"}");
        check(patch(MAPS + "/a", meta("\"ownerReferences\":" + owners), "strategic-merge-patch"));
    }

    @Test
    void aliasesOfAliases() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 20; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a%d: &a%d %s%n".formatted(i, i, list(10, _ -> before)));
        }
        check(request("PATCH", MAPS + "/a?fieldManager=m", yaml.toString(), APPLY));
        check(request("POST", MAPS, yaml.toString(), "application/yaml"));
    }

    @Test
    void aliasesOfALongText() {
        String yaml = "a: &a " + "x".repeat(1_000_000) + "\nb: " + list(50_000, _ -> "*a");
        check(request("POST", MAPS, yaml, "application/yaml"));
    }

    @Test
    void manySmallNodesOfYaml() {
        check(request("POST", MAPS, "a: " + list(1_400_000, _ -> "a"), "application/yaml"));
        check(request("POST", MAPS, "a: " + "9".repeat(2_000_000), "application/yaml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"[ ]", "{\"a\": }", "[{\"a\": }]"})
    void deepNesting(String open, String close) {
        String deep = nested(open, close, 50_000);
        for (String type : new String[] {JSON, "application/yaml"}) {
            check(request("POST", MAPS, deep, type));
            check(request("POST", MAPS, "{\"data\":" + deep + "}", type));
        }
        for (String type : new String[] {"json", "merge", "strategic-merge"}) {
            api.post(MAPS, meta("\"labels\":{}"));
            check(patch(MAPS + "/a", deep, type + "-patch"));
            check(patch(MAPS + "/a", "{\"data\":" + deep + "}", type + "-patch"));
        }
        check(request("PATCH", MAPS + "/a?fieldManager=m", "{\"data\":" + deep + "}", APPLY));
    }

    @Test
    void deepNestingThatIsAllowedAndShownToPeople() {
        String revisions = "/apis/apps/v1/namespaces/default/controllerrevisions";
        String deep = nested("[", "]", 190).replace("[]", list(30_000, _ -> "0"));
        String body =
                "{\"metadata\":{\"name\":\"a\"},\"revision\":1,\"data\":{\"a\":" + deep + "}}";
        check(post(revisions, body));
        for (String form : new String[] {JSON, "application/yaml"}) {
            Map<String, String> headers = Map.of("accept", form);
            String path = revisions + "/a?pretty=true";
            check(new Cost.Request("GET", path, new byte[0], headers, body.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ports\":[{}]}", "{\"livenessProbe\":{}}"})
    void containersThatAreAllDefaulted(String container) {
        int most = 2_900_000 / (container.length() + 1);
        for (int count : new int[] {1000, 10_000, most}) {
            String containers = "\"containers\":" + list(count, _ -> container);
            check(post(PODS, "{\"metadata\":{\"name\":\"a\"},\"spec\":{" + containers + "}}"));
        }
    }

    @Test
    void oddFieldsBelowALongName() {
        String twice =
                "\"%s\":{%s}"
                        .formatted(
                                "x".repeat(49_000),
                                list(20_000, _ -> "\"a\":1").replaceAll("[\\[\\]]", ""));
        String body = "{\"metadata\":{\"name\":\"a\"},\"revision\":1,\"data\":{" + twice + "}}";
        for (String validation : new String[] {"Strict", "Warn"}) {
            check(
                    post(
                            "/apis/apps/v1/namespaces/default/controllerrevisions?fieldValidation="
                                    + validation,
                            body));
        }
    }

    @Test
    void listsBelowALongKey() {
        String values = "\"validValues\":" + list(20_000, i -> "\"" + i + "\"");
        String capacity = "\"capacity\":{\"%s\":{\"value\":\"1\",\"requestPolicy\":{%s}}}";
        check(
                post(
                        "/apis/resource.k8s.io/v1/resourceslices",
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"driver\":\"d\",\"devices\":[{\"name\":\"a\",%s}]}}"
                                .formatted(capacity.formatted("k".repeat(49_000), values))));
    }

    @Test
    void longTextsOfEveryKind() {
        String digits = "9".repeat(2_500_000);
        check(
                post(
                        PODS,
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"%s\"}}}]}}"
                                .formatted(digits)));
        for (String text : new String[] {"a.", "a/", "-", "\\u0000", "\\\"", "a"}) {
            String many = text.repeat(1_000_000 / text.length());
            check(post(MAPS, meta("\"labels\":{\"a\":\"" + many + "\"}")));
            check(post(MAPS, "{\"metadata\":{\"name\":\"" + many + "\"}}"));
            check(post(MAPS, "{\"metadata\":{\"generateName\":\"" + many + "\"}}"));
            check(post(MAPS, "{\"kind\":\"" + many + "\"}"));
            check(post(MAPS, meta("\"creationTimestamp\":\"" + many + "\"")));
        }
    }

    @Test
    void packedBodies() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(meta("\"labels\":{\"a\":\"" + "x".repeat(2_900_000) + "\"}").getBytes(UTF_8));
        }
        Map<String, String> headers = Map.of("content-type", JSON, "content-encoding", "gzip");
        check(new Cost.Request("POST", MAPS, packed.toByteArray(), headers, 0));
    }

    private void check(Cost.Request request) {
        Cost cost = Cost.of(api, request);
        String body = new String(request.body(), UTF_8);
        cost.isBoundedFor(
                request.method()
                        + " "
                        + request.path()
                        + " "
                        + body.substring(0, Math.min(200, body.length())),
                request);
    }

    private static Cost.Request post(String path, String body) {
        return request("POST", path, body, JSON);
    }

    private static Cost.Request patch(String path, String body, String type) {
        return request("PATCH", path, body, "application/" + type + "+json").over(2_000_000);
    }

    private static Cost.Request request(String method, String path, String body, String type) {
        return new Cost.Request(method, path, body.getBytes(UTF_8), type);
    }

    private static String meta(String fields) {
        return "{\"metadata\":{\"name\":\"a\"," + fields + "}}";
    }

    static String list(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
    }

    private static String nested(String open, String close, int depth) {
        String inner = open.endsWith(":") ? "0" : "";
        return open.repeat(depth) + inner + close.repeat(depth);
    }
}
