package dev.gantry.state.codec;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.codec.json.TreeReader;
import dev.gantry.state.codec.json.TreeReading;
import dev.gantry.state.codec.json.YamlText;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.codec.protobuf.ProtobufReading;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the body of a request into a tree of the kind that the endpoint takes.
 *
 * <p>Compat: the refusals are those of apiserver's handlers ({@code transformDecodeError}) around
 * the errors of its JSON, YAML and protobuf serializers.
 */
public final class BodyDecoder {
    private static final String SCHEME_OF_OPTIONS =
            "k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27";
    private static final String SCHEME = "pkg/api/legacyscheme/scheme.go:30";
    static final String NO_TYPE = "couldn't get version/kind; json parse error: ";
    static final String NO_TYPE_META =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
                    + " \"json:\\\"kind,omitempty\\\"\" }";
    private static final int SUMMARY_BYTES = 30;

    private final Schemas schemas;
    private final ProtobufCodec protobuf;

    public BodyDecoder(Schemas schemas, ProtobufCodec protobuf) {
        this.schemas = schemas;
        this.protobuf = protobuf;
    }

    /** {@code expected} fills in for an apiVersion and kind that the body lacks. */
    public Decoded decode(
            byte[] body,
            String contentType,
            GroupVersionKind expected,
            FieldValidation validation) {
        return Encoding.ofContentType(contentType)
                .map(
                        encoding ->
                                switch (encoding) {
                                    case JSON -> json(body, expected, validation);
                                    case YAML -> yaml(body, expected, validation);
                                    case PROTOBUF ->
                                            hasProtobuf(expected)
                                                    ? protobuf(body, expected)
                                                    : new Decoded.Refused(unknownFormat());
                                })
                .orElseGet(() -> new Decoded.Refused(unknownFormat()));
    }

    /**
     * Checks and cleans what a patch made of an object, as {@link #decode} does with a body.
     *
     * <p>Compat: what is wrong then is wrong with the field {@code patch}.
     *
     * @param ofPatch what was unknown or there twice in the patch itself
     * @param strategic the patch, if it is a strategic merge patch
     */
    public Decoded recheck(
            ObjectNode patched,
            GroupVersionKind expected,
            FieldValidation validation,
            List<String> ofPatch,
            Optional<byte[]> strategic) {
        byte[] json = JsonMapper.shared().writeValueAsBytes(patched);
        if (json.length > Bounds.MAX_BYTES) {
            return new Decoded.Refused(Bounds.tooManyBytes());
        }
        PatchFault fault = new PatchFault(json, strategic);
        return switch (read(json, expected)) {
            case TreeReading.Tree(var tree, var found) -> {
                List<String> oddities = new ArrayList<>(ofPatch);
                oddities.addAll(found);
                yield oddities.isEmpty() || validation != FieldValidation.STRICT
                        ? accept(tree, oddities, expected, validation)
                        : new Decoded.Refused(fault.because(strict(oddities)));
            }
            case TreeReading.Mistyped(var why, _) -> new Decoded.Refused(fault.because(why));
            case TreeReading.Malformed(var why) -> new Decoded.Refused(fault.because(why));
            case TreeReading.TooLarge _ -> tooManyValues();
        };
    }

    private TreeReading read(byte[] json, GroupVersionKind expected) {
        Optional<TypeSchema> schema = schemas.of(expected);
        TreeReading reading = TreeReader.read(json, schema.flatMap(TypeSchema::wire));
        if (schema.isEmpty() || schema.get().isBuiltin()) {
            return reading;
        }
        return reading instanceof TreeReading.Tree(var tree, var oddities)
                ? pruned(tree, oddities, schema.get())
                : reading;
    }

    private static TreeReading pruned(ObjectNode tree, List<String> oddities, TypeSchema schema) {
        List<String> all = new ArrayList<>(oddities);
        schema.prune(tree).forEach(path -> all.add("unknown field \"" + path + '"'));
        return new TreeReading.Tree(tree, all);
    }

    private Decoded json(byte[] body, GroupVersionKind expected, FieldValidation validation) {
        return switch (read(body, expected)) {
            case TreeReading.Tree(var tree, _) when lacksKind(tree, expected) ->
                    malformed(
                            body,
                            expected,
                            "Object 'Kind' is missing in '%s'"
                                    .formatted(new String(body, StandardCharsets.UTF_8)));
            case TreeReading.Tree(var tree, var oddities) ->
                    accept(tree, oddities, expected, validation);
            case TreeReading.Mistyped(var why, var partial) ->
                    partial.isEmpty() && why.contains("Go value of type")
                            ? unrecognized(
                                    body,
                                    expected,
                                    why.replaceAll("type [^ ]+$", "type ") + NO_TYPE_META)
                            : refuse(partial, expected, why);
            case TreeReading.Malformed(var why) -> unrecognized(body, expected, why);
            case TreeReading.TooLarge _ -> tooManyValues();
        };
    }

    /** JSON is YAML, nearly: what is JSON is read as that, which also has better messages. */
    private Decoded yaml(byte[] body, GroupVersionKind expected, FieldValidation validation) {
        boolean looksLikeJson = body.length > 0 && body[0] == '{';
        if (looksLikeJson && !(read(body, expected) instanceof TreeReading.Malformed)) {
            return json(body, expected, validation);
        }
        return switch (YamlText.toJson(body)) {
            case YamlText.Reading.Json(var json, var duplicates) ->
                    switch (read(json, expected)) {
                        case TreeReading.Tree(var tree, var oddities) -> {
                            List<String> all = new ArrayList<>(duplicates);
                            all.addAll(oddities);
                            yield accept(tree, all, expected, validation);
                        }
                        case TreeReading.Mistyped(var why, var partial) ->
                                refuse(partial, expected, why);
                        case TreeReading.Malformed(var why) -> unrecognized(body, expected, why);
                        case TreeReading.TooLarge _ -> tooManyValues();
                    };
            case YamlText.Reading.Malformed(var why) -> unrecognizedYaml(body, expected, why);
            case YamlText.Reading.TooLarge _ -> tooManyValues();
        };
    }

    private boolean hasProtobuf(GroupVersionKind kind) {
        return schemas.of(kind).map(TypeSchema::isBuiltin).orElse(true);
    }

    private Decoded protobuf(byte[] body, GroupVersionKind expected) {
        return switch (protobuf.decode(body, expected)) {
            case ProtobufReading.Tree(var tree) ->
                    accept(tree, List.of(), expected, FieldValidation.IGNORE);
            case ProtobufReading.Malformed(var why) -> malformed(body, expected, why);
            case ProtobufReading.TooLarge _ -> tooManyValues();
        };
    }

    private Decoded accept(
            ObjectNode tree,
            List<String> oddities,
            GroupVersionKind expected,
            FieldValidation validation) {
        GroupVersionKind found = nameOf(tree, expected);
        if (!fits(found, expected)) {
            return isCustom(expected) && found.apiVersion().equals(expected.apiVersion())
                    ? otherKind(tree, found, expected)
                    : mismatch(found, expected);
        }
        if (validation == FieldValidation.STRICT && !oddities.isEmpty()) {
            return cannotBeHandled(found, expected, strict(oddities));
        }
        return new Decoded.Body(
                named(tree, found), validation == FieldValidation.WARN ? oddities : List.of());
    }

    private Decoded refuse(ObjectNode partial, GroupVersionKind expected, String why) {
        GroupVersionKind found = nameOf(partial, expected);
        return fits(found, expected)
                ? cannotBeHandled(found, expected, why)
                : mismatch(found, expected);
    }

    /** Compat: what has no type of its own says what it is. */
    private boolean lacksKind(ObjectNode tree, GroupVersionKind expected) {
        return isCustom(expected) && tree.path("kind").asString("").isEmpty();
    }

    private boolean isCustom(GroupVersionKind kind) {
        return schemas.of(kind).map(each -> !each.isBuiltin()).orElse(false);
    }

    private static Decoded otherKind(
            ObjectNode tree, GroupVersionKind found, GroupVersionKind expected) {
        return new Decoded.Refused(
                new Refusal.Invalid(
                        found.group(),
                        found.kind(),
                        tree.path("metadata").path("name").asString(""),
                        List.of(
                                FieldError.invalid(
                                        "kind",
                                        '"' + found.kind() + '"',
                                        "must be " + expected.kind()))));
    }

    private static boolean fits(GroupVersionKind found, GroupVersionKind expected) {
        return found.equals(expected);
    }

    /** Compat: a kind without a version has the expected one, and the other way round. */
    private static GroupVersionKind nameOf(ObjectNode tree, GroupVersionKind expected) {
        String kind = tree.path("kind").asString("");
        String apiVersion = tree.path("apiVersion").asString("");
        return GroupVersionKind.of(
                apiVersion.isEmpty() ? expected.apiVersion() : apiVersion,
                kind.isEmpty() ? expected.kind() : kind);
    }

    private static ObjectNode named(ObjectNode tree, GroupVersionKind name) {
        if (tree.has("kind") && tree.has("apiVersion")) {
            return tree;
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.put("kind", name.kind()).put("apiVersion", name.apiVersion());
        tree.remove(List.of("kind", "apiVersion"));
        named.setAll(tree);
        return named;
    }

    private Decoded mismatch(GroupVersionKind found, GroupVersionKind expected) {
        if (expected.equals(GroupVersionKind.DELETE_OPTIONS)) {
            return badRequest(
                    "no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
                            .formatted(found.kind(), found.apiVersion(), SCHEME_OF_OPTIONS));
        }
        if (schemas.of(found).isEmpty()) {
            return cannotBeHandled(
                    found,
                    expected,
                    "no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
                            .formatted(found.kind(), found.apiVersion(), SCHEME));
        }
        if (found.kind().equals(expected.kind())) {
            return badRequest(
                    "the API version in the data (%s) does not match the expected API version (%s)"
                            .formatted(found.apiVersion(), expected.apiVersion()));
        }
        String group = expected.group().isEmpty() ? "core" : expected.group().split("\\.")[0];
        return cannotBeHandled(
                found,
                expected,
                "converting (%s.%s) to (%s.%s): unknown conversion"
                        .formatted(found.version(), found.kind(), group, expected.kind()));
    }

    private static Decoded cannotBeHandled(
            GroupVersionKind found, GroupVersionKind expected, String why) {
        return badRequest(
                "%s in version \"%s\" cannot be handled as a %s: %s"
                        .formatted(found.kind(), found.version(), expected.kind(), why));
    }

    private static Decoded unrecognized(byte[] body, GroupVersionKind expected, String why) {
        return malformed(body, expected, NO_TYPE + why);
    }

    private static Decoded unrecognizedYaml(byte[] body, GroupVersionKind expected, String why) {
        return malformed(body, expected, "error converting YAML to JSON: " + why);
    }

    private static Decoded malformed(byte[] body, GroupVersionKind expected, String why) {
        return badRequest(
                "the object provided is unrecognized (must be of type %s): %s (%s)"
                        .formatted(expected.kind(), why, summary(body)));
    }

    private static Decoded tooManyValues() {
        return new Decoded.Refused(Bounds.tooManyValues());
    }

    private static String strict(List<String> oddities) {
        return "strict decoding error: " + String.join(", ", oddities);
    }

    /** Compat: {@code summarizeData}: text where it looks like JSON, else hexadecimal. */
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int shown = Math.min(body.length, SUMMARY_BYTES);
        String tail = body.length > SUMMARY_BYTES ? " ..." : "";
        return body[0] == '{'
                ? new String(body, 0, shown, StandardCharsets.UTF_8) + tail
                : HexFormat.of().formatHex(body, 0, shown) + tail;
    }

    private static Decoded badRequest(String message) {
        return new Decoded.Refused(new Refusal.BadRequest(message));
    }

    static Refusal unknownFormat() {
        return new Refusal.UnsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types"
                        + " include: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf");
    }
}
