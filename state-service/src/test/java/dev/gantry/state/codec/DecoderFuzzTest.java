package dev.gantry.state.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.state.codec.json.YamlText;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.RandomObjects;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.StructType;
import dev.gantry.testkit.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that nobody means are refused, or are objects that can be answered with. */
@Timeout(120)
final class DecoderFuzzTest {
    private static final int TIMES = 1_500;

    /** Of all kinds there are these have the most of what objects consist of. */
    private static final List<GroupVersionKind> KINDS =
            List.of(
                    new GroupVersionKind("", "v1", "Pod"),
                    new GroupVersionKind("", "v1", "ConfigMap"),
                    new GroupVersionKind("", "v1", "Node"),
                    new GroupVersionKind("apps", "v1", "Deployment"),
                    new GroupVersionKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition"),
                    new GroupVersionKind("resource.k8s.io", "v1", "ResourceClaim"));

    private static final Fuzz.Bound BOUND = new Fuzz.Bound(400, 4 << 20);

    private final ProtobufCodec protobuf = new ProtobufCodec(Schema.builtin());
    private final BodyDecoder decoder = new BodyDecoder(Schemas.BUILTIN, protobuf);

    @ParameterizedTest
    @MethodSource("seeds")
    void json(long seed) {
        check(seed, "application/json", DecoderFuzzTest::bytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void yaml(long seed) {
        check(seed, "application/yaml", object -> YamlText.fromJson(bytes(object)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void protobuf(long seed) {
        check(seed, "application/vnd.kubernetes.protobuf", protobuf::encode);
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private void check(long seed, String type, Function<ObjectNode, byte[]> encoding) {
        List<byte[]> samples = new ArrayList<>();
        var objects = new RandomObjects(seed);
        for (GroupVersionKind kind : KINDS) {
            StructType struct = Schema.builtin().of(kind).orElseThrow();
            samples.add(encoding.apply(objects.of(kind, struct)));
        }
        var fuzz = new Fuzz(seed, samples, words());
        fuzz.check(TIMES, BOUND, body -> decode(body, type, fuzz));
    }

    private void decode(byte[] body, String type, Fuzz fuzz) {
        GroupVersionKind expected = KINDS.get(fuzz.random().nextInt(KINDS.size()));
        FieldValidation[] levels = FieldValidation.values();
        FieldValidation validation = levels[fuzz.random().nextInt(levels.length)];
        if (decoder.decode(body, type, expected, validation)
                instanceof Decoded.Body(var tree, var _)) {
            protobuf.encode(tree);
            YamlText.fromJson(bytes(tree));
        }
    }

    private static byte[] bytes(ObjectNode object) {
        return object.toString().getBytes(UTF_8);
    }

    private static List<byte[]> words() {
        return Stream.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ",",
                        ":",
                        "null",
                        "true",
                        "-0",
                        "1e999",
                        "1e-999",
                        "9223372036854775808",
                        "-9223372036854775809",
                        "0.1",
                        "\\u0000",
                        "\\ud800",
                        "\\",
                        "{\"a\":",
                        "[[[[",
                        "\u0000",
                        "\n",
                        "\n  ",
                        "\t",
                        "- ",
                        "? ",
                        "&a ",
                        "*a",
                        "<<: *a",
                        "!!binary ",
                        "!!set ",
                        "!!float ",
                        "|\n",
                        ">-\n",
                        "---\n",
                        "...\n",
                        "%YAML 9.9\n",
                        "#",
                        "'",
                        "0x1F",
                        "0o17",
                        "1_000",
                        "1:30",
                        ".inf",
                        ".nan",
                        "yes",
                        "~",
                        "2001-12-14t21:59:43.10-05:00",
                        "1Ki",
                        "1e3Ei",
                        "k8s\0",
                        "\ufeff",
                        "\uffff",
                        "\u0085",
                        "\u2028")
                .map(each -> each.getBytes(UTF_8))
                .toList();
    }
}
