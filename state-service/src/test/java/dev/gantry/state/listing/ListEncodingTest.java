package dev.gantry.state.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.codec.json.PrettyJson;
import dev.gantry.state.log.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    private static ListText list(List<StoredObject> objects, boolean isPretty) {
        Page page = new Page(new Revision(9), objects, "", OptionalLong.empty());
        return new ListText(
                ListEncoding.start(Kinds.CONFIG_MAP, page),
                "items",
                page.objects(),
                ListEncoding.stored(Kinds.CONFIG_MAP),
                isPretty);
    }

    private static byte[] whole(ListText text) {
        var out = new ByteArrayOutputStream();
        text.forEachRemaining(out::writeBytes);
        return out.toByteArray();
    }

    private static JsonNode encode(List<StoredObject> objects) {
        return JsonMapper.shared().readTree(whole(list(objects, false)));
    }

    private static List<StoredObject> many(int count) {
        List<StoredObject> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String rest = "\"metadata\":{\"name\":\"n%d\"},\"data\":{\"k\":\"%s\"}}";
            many.add(new Bytes(HEAD + rest.formatted(i, "v".repeat(200))));
        }
        return many;
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largeListComesInPiecesThatFitTogether(boolean isPretty) {
        List<StoredObject> many = many(3000);
        List<byte[]> pieces = new ArrayList<>();
        list(many, isPretty).forEachRemaining(pieces::add);

        assertThat(pieces)
                .hasSizeGreaterThan(2)
                .allMatch(each -> each.length < 2 * ListText.PIECE_BYTES);
        assertThat(
                        JsonMapper.shared()
                                .readTree(whole(list(many, isPretty)))
                                .at("/items/2999/metadata/name")
                                .asString())
                .isEqualTo("n2999");
    }

    @Test
    void noItemIsTouchedBeforeItsPieceIsAskedFor() {
        var touched = new AtomicInteger();
        Page page = new Page(new Revision(9), many(3000), "", OptionalLong.empty());
        ListText text =
                new ListText(
                        ListEncoding.start(Kinds.CONFIG_MAP, page),
                        "items",
                        page.objects(),
                        (each, out) -> {
                            touched.incrementAndGet();
                            out.append(each.json());
                        },
                        false);

        assertThat(touched).hasValue(0);
        text.next();
        assertThat(touched).hasValueBetween(1, 1500);
    }

    @Test
    void prettyListIsTheListIndentedAsAWhole() {
        String odd = "{\"a\\\"}\":[],\"b\":[1,{\"c\":\"x,y:[\"}],\"d\":{},\"e\":-1.5e3,\"f\":null}";
        List<StoredObject> objects =
                List.of(
                        new Bytes(HEAD + "\"metadata\":{\"name\":\"a\"},\"data\":" + odd + "}\n"),
                        new Bytes(HEAD + "\"metadata\":{\"name\":\"b\"}}"));

        for (List<StoredObject> each : List.of(objects, List.<StoredObject>of())) {
            byte[] compact = whole(list(each, false));
            assertThat(new String(whole(list(each, true)), StandardCharsets.UTF_8))
                    .isEqualTo(new String(PrettyJson.of(compact), StandardCharsets.UTF_8));
        }
    }

    @Test
    void emptyListHasItems() {
        assertThat(encode(List.of()).at("/items").isArray()).isTrue();
    }
}
