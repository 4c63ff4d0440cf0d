package dev.gantry.state.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks by what bodies may hold beside JSON: protobuf, expressions, notes on who set what. */
class BoundedFormsTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String REVISIONS = "/apis/apps/v1/namespaces/default/controllerrevisions";
    private static final byte[] NOTHING = {};

    private final TestApi api;

    BoundedFormsTest() throws InterruptedException {
        this.api = TestApi.withNamespace("default");
        api.post(
                "/api/v1/namespaces/default/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
    }

    @Test
    void objectsThatEmbedEachOther() {
        byte[] inner = NOTHING;
        for (int i = 0; i < 5_000; i++) {
            inner = envelope("apps/v1", "ControllerRevision", field(2, field(1, inner)));
        }
        check("embedded objects", REVISIONS, inner);
    }

    @Test
    void embeddedJsonThatIsDeep() {
        for (int depth : new int[] {150, 250, 100_000}) {
            byte[] json = ("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}").getBytes(UTF_8);
            byte[] named = field(1, field(1, ("d" + depth).getBytes(UTF_8)));
            byte[] revision = {3 << 3, 1};
            byte[] message = joined(named, field(2, field(1, json)), revision);
            check("deep JSON", REVISIONS, envelope("apps/v1", "ControllerRevision", message));
        }
    }

    @Test
    void manyEmptyMessages() {
        for (int count : new int[] {10_000, 1_000_000}) {
            byte[] containers = new byte[2 * count];
            for (int i = 0; i < count; i++) {
                containers[2 * i] = 2 << 3 | 2;
            }
            byte[] named = field(1, field(1, "a".getBytes(UTF_8)));
            byte[] pod = joined(named, field(2, containers));
            check(count + " containers", PODS, envelope("v1", "Pod", pod));
        }
    }

    @Test
    void lengthsAndGroupsThatDoNotEnd() {
        byte[] endless = {0x0a, -1, -1, -1, -1, 0x07};
        byte[] negative = {0x0a, -1, -1, -1, -1, 0x0f};
        byte[] groups = new byte[500_000];
        Arrays.fill(groups, (byte) 0x7b);
        for (byte[] each : new byte[][] {endless, negative, groups}) {
            check("broken lengths", PODS, envelope("v1", "Pod", each));
            check("broken lengths", PODS, joined("k8s\0".getBytes(UTF_8), each));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "( true )",
                "! true ''",
                "[ 1 ]",
                "{1: 2 }",
                "device.driver.matches( 1 )",
                "true|| true ''",
                "-- 1 ''",
                "true?true: true ''",
                "1+ 1 ''",
                "[1].map(x, 1 )",
                "device. a ''",
                "has( device.driver )"
            })
    void expressionsThatNest(String open, String inner, String close) {
        int count = 10_000 / (open.length() + close.length());
        String text = open.repeat(count) + inner + close.repeat(count);
        String selector = "{\"cel\":{\"expression\":\"" + text + "\"}}";
        String body =
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"selectors\":%s}}"
                        .formatted(BoundedRequestsTest.list(4, _ -> selector));
        var request =
                new Cost.Request(
                        "POST",
                        "/apis/resource.k8s.io/v1/deviceclasses",
                        body.getBytes(UTF_8),
                        "application/json");
        Cost.of(api, request).isBoundedFor("the expression " + open, request);
    }

    @Test
    void thousandsOfManagers() {
        String managers =
                BoundedRequestsTest.list(
                        5_000,
                        i ->
                                """
                                {"manager":"m%d","operation":"Apply","apiVersion":"v1","fieldsType":"FieldsV1",
                                "fieldsV1":{"f:data":{"f:k%d":{},"f:k":{}}}}"""
                                        .formatted(i, i));
        String stored =
                "{\"metadata\":{\"name\":\"a\",\"managedFields\":%s},\"data\":{%s}}"
                        .formatted(managers, values("v"));
        api.post(MAPS, stored);
        String config =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{%s}}"
                        .formatted(values("w"));
        for (String force : new String[] {"", "&force=true"}) {
            var request =
                    new Cost.Request(
                            "PATCH",
                            MAPS + "/a?fieldManager=me" + force,
                            config.getBytes(UTF_8),
                            "application/apply-patch+yaml");
            Cost.of(api, request)
                    .isBoundedFor(
                            "an apply among thousands" + force, request.over(stored.length()));
        }
    }

    private static String values(String value) {
        return IntStream.range(0, 5_000)
                        .mapToObj(i -> "\"k%d\":\"%s\",".formatted(i, value))
                        .collect(Collectors.joining())
                + "\"k\":\"%s\"".formatted(value);
    }

    /** Protobuf has no marks to count values by: each byte may be one. */
    private void check(String what, String path, byte[] body) {
        var request = new Cost.Request("POST", path, body, "application/vnd.kubernetes.protobuf");
        Cost.of(api, request).isBoundedFor(what, request.over(body.length));
    }

    private static byte[] envelope(String apiVersion, String kind, byte[] raw) {
        byte[] type = joined(field(1, apiVersion.getBytes(UTF_8)), field(2, kind.getBytes(UTF_8)));
        return joined("k8s\0".getBytes(UTF_8), field(1, type), field(2, raw));
    }

    private static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int rest = content.length;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            out.writeBytes(each);
        }
        return out.toByteArray();
    }
}
