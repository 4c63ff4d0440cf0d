package dev.gantry.state.shell.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.RandomObjects;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies that repeat something small wherever the schema of a kind has a list or a map: they are
 * decoded, defaulted, admitted, judged, encoded and shown as any other.
 */
class AmplifiersTest {
    private static final int BODY_BYTES = 60_000;
    private static final int MAX_DEPTH = 9;
    private static final String HOLE = "<>";

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsRepeatedCostsAMultipleOfItsBytes(long seed) throws Exception {
        TestApi api = TestApi.withNamespace("default");
        api.post(
                "/api/v1/namespaces/default/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
        var random = new Random(seed);
        for (ResourceDefinition each : BuiltinKinds.DEFINITIONS) {
            Kind kind = each.kind();
            String body = amplifier(kind, random);
            var request =
                    new Cost.Request(
                            "POST", pathOf(kind), body.getBytes(UTF_8), "application/json");
            String what = body.substring(0, Math.min(body.length(), 300)) + ", -Dseed=" + seed;
            Cost.of(api, request).isBoundedFor(what, request);
        }
    }

    static LongStream seeds() {
        return RandomObjects.seeds(8);
    }

    private static String pathOf(Kind kind) {
        String root = kind.group().isEmpty() ? "/api/" : "/apis/";
        String namespace = kind.isNamespaced() ? "/namespaces/default" : "";
        return root + kind.apiVersion() + namespace + "/" + kind.plural();
    }

    /** A body with a hole somewhere, and the hole filled. */
    private static String amplifier(Kind kind, Random random) {
        StructType type = Schema.builtin().of(GroupVersionKind.of(kind)).orElseThrow();
        List<Place> places = new ArrayList<>();
        find(type, HOLE, new ArrayList<>(), places);
        Place chosen = places.get(random.nextInt(places.size()));
        boolean isNamed = !chosen.around.startsWith("{\"metadata\"");
        String around =
                isNamed
                        ? "{\"metadata\":{\"name\":\"a\"},".concat(chosen.around.substring(1))
                        : chosen.around.replaceFirst(
                                "^\\{\"metadata\":\\{", "{\"metadata\":{\"name\":\"a\",");
        return around.replace(HOLE, filled(chosen.shape, random));
    }

    /** Where a list or a map may stand: {@code around} is the object, with a hole. */
    private record Place(String around, Shape shape) {}

    private static void find(
            StructType type, String around, List<StructType> above, List<Place> found) {
        if (above.size() == MAX_DEPTH || above.contains(type)) {
            return;
        }
        above.add(type);
        for (Field field : type.fields()) {
            String here = around.replace(HOLE, "{\"" + field.name() + "\":" + HOLE + "}");
            find(field.shape(), here, above, found);
        }
        above.removeLast();
    }

    private static void find(
            Shape shape, String around, List<StructType> above, List<Place> found) {
        switch (shape) {
            case StructType type -> find(type, around, above, found);
            case Shape.ListOf(Shape item) -> {
                found.add(new Place(around, shape));
                find(item, around.replace(HOLE, "[" + HOLE + "]"), above, found);
            }
            case Shape.MapOf(Shape value) -> {
                found.add(new Place(around, shape));
                find(value, around.replace(HOLE, "{\"k\":" + HOLE + "}"), above, found);
            }
            case Shape.Scalar scalar -> {
                if (scalar == Shape.Scalar.ANY) {
                    found.add(new Place(around, shape));
                }
            }
        }
    }

    private static String filled(Shape shape, Random random) {
        boolean isMap = shape instanceof Shape.MapOf;
        Shape item =
                switch (shape) {
                    case Shape.ListOf(Shape each) -> each;
                    case Shape.MapOf(Shape each) -> each;
                    default -> Shape.Scalar.ANY;
                };
        String small = small(item, random);
        StringBuilder text = new StringBuilder(isMap ? "{" : "[");
        for (int i = 0; text.length() < BODY_BYTES; i++) {
            text.append(i == 0 ? "" : ",").append(isMap ? "\"k" + i + "\":" : "").append(small);
        }
        return text.append(isMap ? "}" : "]").toString();
    }

    private static String small(Shape shape, Random random) {
        return switch (shape) {
            case StructType _, Shape.MapOf _ -> "{}";
            case Shape.ListOf _ -> "[]";
            case Shape.Scalar scalar ->
                    switch (scalar) {
                        case INT32, INT64, DOUBLE -> "0";
                        case BOOL -> "true";
                        case ANY -> random.nextBoolean() ? "[]" : "{}";
                        case QUANTITY, INT_OR_STRING -> "1";
                        case TIME, MICRO_TIME -> "null";
                        case BYTES -> "\"\"";
                        case STRING -> random.nextBoolean() ? "\"a\"" : "\"\\u0000\"";
                    };
        };
    }
}
