package dev.gantry.state.codec;

import dev.gantry.model.refusal.Judged;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the body of a delete into options.
 *
 * <p>Compat: they are of one kind in whatever group and version, what is unknown is left out, and
 * the errors of apiserver's serializers are told as they are.
 */
public final class OptionsDecoder {
    private static final GroupVersionKind KIND = GroupVersionKind.DELETE_OPTIONS;
    private static final String SCHEME =
            "k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27";

    private final Schemas schemas;
    private final ProtobufCodec protobuf;

    public OptionsDecoder(Schemas schemas, ProtobufCodec protobuf) {
        this.schemas = schemas;
        this.protobuf = protobuf;
    }

    public Judged<ObjectNode> decode(byte[] body, String contentType) {
        return Encoding.ofContentType(contentType)
                .map(
                        encoding ->
                                switch (encoding) {
                                    case JSON -> json(body);
                                    case YAML -> yaml(body);
                                    case PROTOBUF -> protobuf(body);
                                })
                .orElseGet(() -> Judged.refused(BodyDecoder.unknownFormat()));
    }

    private Judged<ObjectNode> json(byte[] body) {
        return switch (TreeReader.read(body, schemas.of(KIND).flatMap(TypeSchema::wire))) {
            case TreeReading.Tree(var tree, _) -> ofKind(tree);
            case TreeReading.Mistyped(var why, var partial) when partial.isEmpty() ->
                    why.contains("Go value of type")
                            ? bad(
                                    BodyDecoder.NO_TYPE
                                            + why.replaceAll("type [^ ]+$", "type ")
                                            + BodyDecoder.NO_TYPE_META)
                            : bad(why);
            case TreeReading.Mistyped(var why, _) -> bad(why);
            case TreeReading.Malformed(var why) -> bad(BodyDecoder.NO_TYPE + why);
            case TreeReading.TooLarge _ -> Judged.refused(Bounds.tooManyValues());
        };
    }

    private Judged<ObjectNode> yaml(byte[] body) {
        return switch (YamlText.toJson(body)) {
            case YamlText.Reading.Json(var json, _) -> json(json);
            case YamlText.Reading.Malformed(var why) -> bad(why);
            case YamlText.Reading.TooLarge _ -> Judged.refused(Bounds.tooManyValues());
        };
    }

    private Judged<ObjectNode> protobuf(byte[] body) {
        return switch (protobuf.decode(body, KIND)) {
            case ProtobufReading.Tree(var tree) -> ofKind(tree);
            case ProtobufReading.Malformed(var why) -> bad(why);
            case ProtobufReading.TooLarge _ -> Judged.refused(Bounds.tooManyValues());
        };
    }

    private static Judged<ObjectNode> ofKind(ObjectNode tree) {
        String kind = tree.path("kind").asString("");
        if (kind.isEmpty() || kind.equals(KIND.kind())) {
            return Judged.of(tree);
        }
        return kind.endsWith("Options")
                ? bad(
                        "converting (v1.%s) to (v1.DeleteOptions): unknown conversion"
                                .formatted(kind))
                : bad(
                        "no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
                                .formatted(kind, tree.path("apiVersion").asString("v1"), SCHEME));
    }

    private static Judged<ObjectNode> bad(String message) {
        return Judged.refused(new Refusal.BadRequest(message));
    }
}
