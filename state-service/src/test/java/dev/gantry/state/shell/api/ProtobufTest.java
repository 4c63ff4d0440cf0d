package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProtobufTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";

    @Test
    void objectGoesOutAndComesBackInProtobuf() throws InterruptedException {
        TestApi api = TestApi.withNamespace("shop");
        api.post(MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
        ApiReply.Whole read =
                (ApiReply.Whole) api.raw("GET", MAPS + "/a", "", Map.of("accept", PROTOBUF));
        assertThat(read.contentType()).isEqualTo(PROTOBUF);
        assertThat(new String(read.body(), 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("k8s\0");
        api.delete(MAPS + "/a");

        var headers = new TreeMap<>(Map.of("accept", PROTOBUF, "content-type", PROTOBUF));
        ApiReply refused =
                api.backend.serve(
                        new ApiCall(
                                "PUT", MAPS + "/a", "", headers, read.body(), Caller.system("x")));
        assertThat(refused.code()).isEqualTo(404);
        // The JSON that created it carried no revision; what was read does, so it cannot create.
        ApiReply created =
                api.backend.serve(
                        new ApiCall("POST", MAPS, "", headers, read.body(), Caller.system("x")));
        assertThat(created.code()).isEqualTo(500);
    }

    @Test
    void listAndWatchSpeakProtobufToo() throws InterruptedException {
        TestApi api = TestApi.withNamespace("shop");
        api.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}");

        ApiReply.Whole list = (ApiReply.Whole) api.raw("GET", MAPS, "", Map.of("accept", PROTOBUF));
        ApiReply.Streaming watch =
                (ApiReply.Streaming)
                        api.raw(
                                "GET",
                                MAPS + "?watch=1",
                                "",
                                Map.of("accept", PROTOBUF + ";stream=watch"));

        assertThat(new String(list.body(), 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("k8s\0");
        assertThat(watch.contentType()).isEqualTo(PROTOBUF + ";stream=watch");
        try (var frames = watch.frames()) {
            byte[] frame = frames.next();
            assertThat(frame).isNotNull();
            int length = java.nio.ByteBuffer.wrap(frame).getInt();
            assertThat(length).isEqualTo(frame.length - 4);
        }
    }
}
