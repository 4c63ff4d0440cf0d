package dev.gantry.state.codec.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.UpstreamSpec;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.RandomObjects;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ProtobufCodecTest {
    private static final GroupVersionKind NOTHING = new GroupVersionKind("", "", "");
    private static final SortedMap<String, byte[]> GOLDENS = UpstreamSpec.goldens();

    /** Those that a server answered have fields besides in which nothing is set. */
    private static final String ANSWERED = "scheduling.k8s.io.v1alpha2.";

    private final ProtobufCodec codec = new ProtobufCodec(Schema.builtin());

    @Test
    void decodesTheGoldensToTheirJson() {
        List<String> wrong = new ArrayList<>();
        for (String golden : goldens()) {
            if (!decode(GOLDENS.get(golden)).equals(jsonOf(golden))) {
                wrong.add(golden);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void encodesTheGoldensToTheSameBytes() {
        List<String> wrong = new ArrayList<>();
        for (String golden : goldens()) {
            if (golden.startsWith(ANSWERED)) {
                continue;
            }
            byte[] encoded = codec.encode(jsonOf(golden));
            if (!Arrays.equals(encoded, GOLDENS.get(golden))) {
                wrong.add(golden);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bringsBackObjectsOfEveryKind(long seed) {
        RandomObjects objects = new RandomObjects(seed);
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (StructType type : Schema.builtin().types()) {
            for (GroupVersionKind kind : type.kinds()) {
                // The published messages lack stubPKCS10Request, which the schema has.
                boolean isIncomplete = kind.kind().startsWith("PodCertificateRequest");
                if (codec.knows(kind) && !isIncomplete) {
                    tried++;
                    ObjectNode sent = objects.of(kind, type);
                    ObjectNode came = decode(codec.encode(sent));
                    if (!came.equals(sent)) {
                        wrong.add(kind + "\n  sent " + sent + "\n  came " + came);
                    }
                }
            }
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(tried).isGreaterThan(120);
    }

    static LongStream seeds() {
        return RandomObjects.seeds(5);
    }

    @Test
    void keepsZerosThatMeanSomethingAndDropsOthers() {
        ObjectNode sent =
                read(
                        """
                        {"kind":"Deployment","apiVersion":"apps/v1","spec":{"replicas":0,
                         "paused":false,"template":{"spec":{"restartPolicy":"",
                         "volumes":[{"name":"tmp","emptyDir":{}}],"containers":[{"name":""}]}}}}""");
        assertThat(decode(codec.encode(sent)))
                .isEqualTo(
                        read(
                                """
                                {"kind":"Deployment","apiVersion":"apps/v1","spec":{"replicas":0,
                                 "template":{"spec":{"volumes":[{"name":"tmp","emptyDir":{}}],
                                 "containers":[{"name":""}]}}}}"""));
    }

    @Test
    void carriesListsAndTheirItems() {
        ObjectNode list =
                read(
                        """
                        {"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7"},
                         "items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"}}]}""");
        assertThat(decode(codec.encode(list))).isEqualTo(list);
    }

    @Test
    void carriesTheAlternativesOfSchemas() {
        ObjectNode definition =
                read(
                        """
                        {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1",
                         "spec":{"group":"g","versions":[{"name":"v1","served":true,"storage":true,
                         "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-map-type":"atomic",
                         "$ref":"r","default":{"a":[1]},"items":{"type":"string"},
                         "additionalProperties":false,"properties":{"p":{
                         "additionalProperties":{"type":"integer"},"items":[{"type":"string"}]}}}}}],
                         "scope":"Namespaced","names":{"plural":"p","kind":"K"}}}""");
        assertThat(decode(codec.encode(definition))).isEqualTo(definition);
    }

    @Test
    void refusesWhatIsNoProtobuf() {
        assertThat(codec.decode("{}".getBytes(), NOTHING))
                .isInstanceOf(ProtobufReading.Malformed.class);
        byte[] broken = codec.encode(read("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}"));
        broken[5] = 99;
        assertThat(codec.decode(broken, NOTHING)).isInstanceOf(ProtobufReading.Malformed.class);
    }

    private ObjectNode decode(byte[] bytes) {
        return switch (codec.decode(bytes, NOTHING)) {
            case ProtobufReading.Tree(var tree) -> tree;
            case ProtobufReading.Malformed(var why) -> throw new AssertionError(why);
            case ProtobufReading.TooLarge _ -> throw new AssertionError("too large");
        };
    }

    private static ObjectNode read(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    private static ObjectNode jsonOf(String golden) {
        byte[] json = GOLDENS.get(golden.replaceFirst("\\.pb$", ".json"));
        return read(new String(json, StandardCharsets.UTF_8));
    }

    /** Frames of a watch have no kind of their own: BodyEncoderTest has them. */
    private static List<String> goldens() {
        List<String> names =
                GOLDENS.keySet().stream()
                        .filter(each -> each.endsWith(".pb"))
                        .filter(each -> !each.equals("core.v1.WatchEvent.pb"))
                        .toList();
        assertThat(names).hasSizeGreaterThan(60);
        return names;
    }
}
