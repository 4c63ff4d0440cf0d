package dev.gantry.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class BodyEncoderTest {
    private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
    private static final byte[] STORED =
            bytes(
                    "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"finalizers\":[]}}");
    private final ProtobufCodec protobuf = new ProtobufCodec(Schema.builtin());
    private final BodyEncoder encoder = new BodyEncoder(protobuf);

    @Test
    void sendsStoredJsonAsItIs() {
        assertThat(encoder.object(Encoding.JSON, STORED, false)).isSameAs(STORED);
    }

    @Test
    void indentsForPeople() {
        assertThat(text(encoder.object(Encoding.JSON, STORED, true)))
                .isEqualTo(
                        """
                        {
                          "kind": "Pod",
                          "apiVersion": "v1",
                          "metadata": {
                            "name": "a",
                            "finalizers": []
                          }
                        }
                        """);
    }

    @Test
    void writesYamlWithSortedKeys() {
        assertThat(text(encoder.object(Encoding.YAML, STORED, false)))
                .isEqualTo("apiVersion: v1\nkind: Pod\nmetadata:\n  finalizers: []\n  name: a\n");
    }

    /** Some thousand items are more than a list keeps. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 9000})
    void listsInProtobufAreWhatTheirWholeTreesWouldBe(int count) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("resourceVersion", "5");
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("kind", "PodList").put("apiVersion", "v1").set("metadata", metadata);
        List<byte[]> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode item = (ObjectNode) JsonMapper.shared().readTree(STORED);
            item.putObject("spec").put("nodeName", "n".repeat(i % 300) + i);
            items.add(JsonMapper.shared().writeValueAsBytes(item));
        }
        items.forEach(each -> whole.withArray("items").add(JsonMapper.shared().readTree(each)));

        var list = new ByteArrayOutputStream();
        encoder.protobufList(POD.list(), metadata, items, each -> each)
                .forEachRemaining(list::writeBytes);

        assertThat(list.toByteArray()).isEqualTo(protobuf.encode(whole));
    }

    @Test
    void framesWatchEventsAsLinesOrWithTheirLength() {
        assertThat(text(encoder.frame(Encoding.JSON, "ADDED", bytes("{\"a\":1}"))))
                .isEqualTo("{\"type\":\"ADDED\",\"object\":{\"a\":1}}\n");
        ByteBuffer frame = ByteBuffer.wrap(encoder.frame(Encoding.PROTOBUF, "ADDED", STORED));
        assertThat(frame.getInt()).isEqualTo(frame.remaining());
        byte[] event = new byte[frame.remaining()];
        frame.get(event);
        assertThat(text(event)).startsWith("\n\u0005ADDED\u0012").contains("k8s\0");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
