package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is nested far too deeply is refused in words, in every form that a body may have. */
class NestingTest {
    private static final int DEEP = 100_000;
    private static final String REVISIONS = "/apis/apps/v1/namespaces/shop/controllerrevisions";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.post(REVISIONS, "{\"metadata\":{\"name\":\"r\"},\"revision\":1,\"data\":{}}");
    }

    record Body(String name, String method, String type, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Body> bodies() {
        String lists = "[".repeat(DEEP);
        String objects = "{\"a\":".repeat(DEEP);
        return Stream.of(
                post("lists", JSON, data(lists + "]".repeat(DEEP))),
                post("lists that do not end", JSON, data(lists)),
                post("objects", JSON, data(objects + "1" + "}".repeat(DEEP))),
                post("objects that do not end", JSON, data(objects)),
                post("lists in the flow of YAML", YAML, "data: " + lists + "]".repeat(DEEP)),
                post("lists of lists in YAML", YAML, "data:\n" + "- ".repeat(DEEP) + "a"),
                post("keys of keys in YAML", YAML, "data:\n ? " + "? ".repeat(DEEP) + "a"),
                new Body("envelopes", "POST", PROTOBUF, envelopes(20_000)),
                patch(
                        "json-patch+json",
                        "[{\"op\":\"add\",\"path\":\"/data/a\",\"value\":" + lists),
                patch(
                        "json-patch+json",
                        "[{\"op\":\"add\",\"value\":1,\"path\":\"" + "/a".repeat(DEEP) + "\"}]"),
                patch("merge-patch+json", data(objects + "1" + "}".repeat(DEEP))),
                patch("strategic-merge-patch+json", data(objects + "1" + "}".repeat(DEEP))),
                patch("apply-patch+yaml", data(lists + "]".repeat(DEEP))));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void isRefused(Body body) throws Exception {
        boolean isNew = body.method.equals("POST");
        var call =
                new ApiCall(
                        body.method,
                        isNew ? REVISIONS : REVISIONS + "/r",
                        body.type.contains("apply") ? "fieldManager=me" : "",
                        new TreeMap<>(Map.of("accept", JSON, "content-type", body.type)),
                        body.bytes,
                        Caller.system("x"));
        ApiReply reply;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            reply = threads.submit(() -> api.backend.serve(call)).get();
        }

        String said = new String(((ApiReply.Whole) reply).body(), StandardCharsets.UTF_8);
        assertThat(reply.code())
                .as(said.substring(0, Math.min(300, said.length())))
                .isBetween(400, 499);
    }

    private static Body post(String name, String type, String text) {
        return new Body(name, "POST", type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Body patch(String type, String text) {
        return new Body(
                type, "PATCH", "application/" + type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String data(String value) {
        return "{\"apiVersion\":\"apps/v1\",\"kind\":\"ControllerRevision\",\"metadata\":{\"name\":\"r\"},\"data\":"
                + value
                + "}";
    }

    /**
     * ControllerRevisions, each the data of the one around it: the innermost is written first, and
     * what stands before it after that.
     */
    private static byte[] envelopes(int count) {
        byte[] head =
                field(1, concat(field(1, text("apps/v1")), field(2, text("ControllerRevision"))));
        byte[] start = concat(new byte[] {'k', '8', 's', 0}, head);
        byte[] whole = new byte[4 << 20];
        int at = whole.length;
        at = before(at, text("{}"), whole);
        for (int i = 0; i < count && whole.length - at <= 2 << 20; i++) {
            at = before(at, opening(1, whole.length - at), whole);
            at = before(at, opening(2, whole.length - at), whole);
            at = before(at, opening(2, whole.length - at), whole);
            at = before(at, start, whole);
        }
        return Arrays.copyOfRange(whole, at, whole.length);
    }

    private static int before(int at, byte[] part, byte[] whole) {
        System.arraycopy(part, 0, whole, at - part.length, part.length);
        return at - part.length;
    }

    private static byte[] field(int number, byte[] bytes) {
        return concat(opening(number, bytes.length), bytes);
    }

    /** What stands before so many bytes of a field. */
    private static byte[] opening(int number, int length) {
        var out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int left = length;
        while (left > 127) {
            out.write(left & 127 | 128);
            left >>>= 7;
        }
        out.write(left);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
