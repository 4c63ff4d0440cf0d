package dev.gantry.state.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ListEncodingTest {
    private static final String HEAD = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",";

    private record Bytes(String text) implements StoredObject {
        @Override
        public ObjectKey key() {
            return new ObjectKey(Resources.CONFIG_MAPS, "ns", decode().name());
        }

        @Override
        public Revision revision() {
            return new Revision(1);
        }

        @Override
        public Uid uid() {
            return decode().uid();
        }

        @Override
        public byte[] json() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public SortedMap<String, String> labels() {
            return new TreeMap<>();
        }

        @Override
        public String field(String name) {
            return "";
        }

        @Override
        public Resource decode() {
            return new Resource((ObjectNode) JsonMapper.shared().readTree(text));
        }
    }

    private static JsonNode encode(List<StoredObject> objects) {
        Page page = new Page(new Revision(9), objects, "", OptionalLong.empty());
        var out = new ByteArrayOutputStream();
        ListEncoding.encode(Kinds.CONFIG_MAP, page).forEach(out::writeBytes);
        return JsonMapper.shared().readTree(out.toByteArray());
    }

    @Test
    void cutBytesSayTheSameAsDecodedTrees() {
        String usual = HEAD + "\"metadata\":{\"name\":\"a\"}}";
        String unusual =
                "{\"metadata\":{\"name\":\"b\"},\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}\n";

        JsonNode list = encode(List.of(new Bytes(usual), new Bytes(unusual)));

        assertThat(list.at("/items").toString())
                .isEqualTo("[{\"metadata\":{\"name\":\"a\"}},{\"metadata\":{\"name\":\"b\"}}]");
        assertThat(list.at("/metadata/resourceVersion").asString()).isEqualTo("9");
    }

    @Test
    void largeListComesInSeveralChunksThatFitTogether() {
        List<StoredObject> many = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String rest = "\"metadata\":{\"name\":\"n%d\"},\"data\":{\"k\":\"%s\"}}";
            many.add(new Bytes(HEAD + rest.formatted(i, "v".repeat(200))));
        }
        Page page = new Page(new Revision(9), many, "", OptionalLong.empty());

        assertThat(ListEncoding.encode(Kinds.CONFIG_MAP, page)).hasSizeGreaterThan(2);
        assertThat(encode(many).at("/items/2999/metadata/name").asString()).isEqualTo("n2999");
    }

    @Test
    void emptyListHasItems() {
        assertThat(encode(List.of()).at("/items").isArray()).isTrue();
    }
}
