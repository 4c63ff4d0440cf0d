package dev.gantry.state.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.refusal.Judged;
import dev.gantry.state.apply.FieldManager;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.apply.ServerSideApply;
import dev.gantry.state.codec.BodyDecoder;
import dev.gantry.state.codec.Decoded;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.RandomObjects;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.StructType;
import dev.gantry.testkit.Fuzz;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Patches that nobody means are refused, or make an object that can be looked at again. */
@Timeout(120)
final class PatchFuzzTest {
    private static final int TIMES = 1_500;
    private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
    private static final StructType POD_TYPE = Schema.builtin().of(POD).orElseThrow();
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(2_000, 16 << 20);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final BodyDecoder decoder =
            new BodyDecoder(Schemas.BUILTIN, new ProtobufCodec(Schema.builtin()));

    @ParameterizedTest
    @MethodSource("seeds")
    void jsonPatches(long seed) {
        check(seed, PatchType.JSON, operations());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergePatches(long seed) {
        check(seed, PatchType.MERGE, pods(seed + 1_000));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void strategicPatches(long seed) {
        List<byte[]> samples = pods(seed + 1_000);
        samples.addAll(directives());
        check(seed, PatchType.STRATEGIC_MERGE, samples);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void appliedConfigurations(long seed) {
        ObjectNode[] live = {pod(new RandomObjects(seed))};
        List<byte[]> samples = pods(seed + 1_000);
        samples.addAll(owned());
        var fuzz = new Fuzz(seed, samples, words());
        fuzz.check(TIMES, BOUND, body -> live[0] = applied(live[0], body, fuzz));
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private void check(long seed, PatchType type, List<byte[]> samples) {
        ObjectNode object = pod(new RandomObjects(seed));
        var fuzz = new Fuzz(seed, samples, words());
        fuzz.check(
                TIMES,
                BOUND,
                body -> {
                    Patched patched = Patches.apply(type, body, object, Optional.of(POD_TYPE));
                    if (patched instanceof Patched.Tree(var tree, var _)) {
                        decoder.recheck(
                                tree, POD, FieldValidation.STRICT, List.of(), Optional.empty());
                    }
                });
    }

    /** What was applied is what the next one meets, unless it has grown too much. */
    private ObjectNode applied(ObjectNode live, byte[] body, Fuzz fuzz) {
        var name = "manager-" + fuzz.random().nextInt(4);
        if (!(decoder.decode(body, "application/yaml", POD, FieldValidation.IGNORE)
                instanceof Decoded.Body(var config, var _))) {
            return live;
        }
        boolean forces = fuzz.random().nextBoolean();
        var request =
                new ServerSideApply.Request(config, FieldManager.applying(name, "v1", ""), forces);
        return switch (new ServerSideApply(Scope.whole(POD_TYPE), NOW).apply(live, request)) {
            case Judged.Refused<ObjectNode> _ -> live;
            case Judged.Accepted(var tree) ->
                    tree.toString().length() < 20_000 ? tree : pod(new RandomObjects(1));
        };
    }

    private static List<byte[]> pods(long seed) {
        List<byte[]> pods = new ArrayList<>();
        var objects = new RandomObjects(seed);
        for (int i = 0; i < 4; i++) {
            pods.add(pod(objects).toString().getBytes(UTF_8));
        }
        return pods;
    }

    private static ObjectNode pod(RandomObjects objects) {
        return objects.of(POD, POD_TYPE);
    }

    private static List<byte[]> operations() {
        return bytes(
                """
                [{"op":"test","path":"/spec","value":{}},{"op":"add","path":"/spec/containers/-",\
                "value":{"name":"a"}},{"op":"remove","path":"/spec/containers/0"}]""",
                """
                [{"op":"copy","from":"/metadata","path":"/spec"},{"op":"copy","from":"/spec",\
                "path":"/spec/a"},{"op":"move","from":"/spec/a","path":"/metadata/~0~1"}]""",
                """
                [{"op":"replace","path":"","value":{"kind":"Pod"}},{"op":"add","path":"/a"},\
                {"op":"move","from":"","path":"/a"},{"op":"add","path":"/spec/containers/99"}]""",
                """
                [{"op":"add","path":"/metadata/labels","value":{"a":"b"}},{"op":"test",\
                "path":"/metadata/labels/a","value":"b"},{"op":"remove","path":"/metadata"}]""");
    }

    private static List<byte[]> directives() {
        return bytes(
                """
                {"spec":{"$setElementOrder/containers":[{"name":"a"},{"name":"b"}],"containers":\
                [{"name":"a","image":"i"},{"$patch":"delete","name":"b"},{"$patch":"replace"}]}}""",
                """
                {"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"finalizers":["b"],\
                "$setElementOrder/finalizers":["b","a"],"labels":{"$patch":"replace","a":null}}}""",
                """
                {"spec":{"$retainKeys":["volumes","a"],"volumes":[{"name":"v","$retainKeys":["name"],\
                "emptyDir":{}}],"tolerations":[{"key":"k","$patch":"merge"}],"$patch":"delete"}}""");
    }

    private static List<byte[]> owned() {
        return bytes(
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  managedFields:
                  - {manager: m, operation: Apply, fieldsV1: {"f:spec": {"k:{\\"name\\":1}": {".": {}}}}}
                spec:
                  containers: [{name: a, ports: [{containerPort: 80}, {containerPort: 80}]}, {name: a}]
                """,
                """
                {"spec":{"containers":[{"name":"a","env":[{"name":"e","value":"1"}]},{"name":"b"}],\
                "tolerations":[{"key":"k"}],"topologySpreadConstraints":[{"topologyKey":"t"}]}}""");
    }

    private static List<byte[]> words() {
        return bytes(
                "{",
                "}",
                "[",
                "]",
                "\"",
                ",",
                ":",
                "null",
                "\"op\":\"copy\"",
                "\"op\":\"move\"",
                "\"path\":\"\"",
                "\"path\":\"/\"",
                "\"path\":\"/-\"",
                "\"path\":\"/spec/-1\"",
                "~",
                "~2",
                "/",
                "//",
                "-",
                "00",
                "99999999999",
                "\"$patch\":\"delete\",",
                "\"$patch\":\"replace\",",
                "\"$patch\":1,",
                "\"$retainKeys\":[],",
                "\"$retainKeys\":{},",
                "\"$setElementOrder/containers\":[1,{},null],",
                "\"$setElementOrder/containers\":{},",
                "\"$setElementOrder/\":[],",
                "\"$deleteFromPrimitiveList/finalizers\":[{}],",
                "\"name\":null,",
                "\"name\":{},",
                "\"name\":\"a\",",
                "\"containers\":[{}],",
                "\"containers\":[null],",
                "\"containers\":{},",
                "\"metadata\":null,",
                "\"metadata\":[],",
                "\"finalizers\":[[]],",
                "\"managedFields\":[{\"fieldsV1\":{\"k:[\":{},\"v:\":1,\"i:x\":[]}}],");
    }

    private static List<byte[]> bytes(String... texts) {
        return new ArrayList<>(Stream.of(texts).map(each -> each.getBytes(UTF_8)).toList());
    }
}
