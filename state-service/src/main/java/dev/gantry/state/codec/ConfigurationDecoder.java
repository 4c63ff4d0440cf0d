package dev.gantry.state.codec;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.apply.TypedCheck;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.codec.json.TreeReader;
import dev.gantry.state.codec.json.TreeReading;
import dev.gantry.state.codec.json.YamlText;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the configuration of an apply into a tree of its kind: YAML, of which JSON is a part.
 *
 * <p>Compat: the refusals are those of apiserver's {@code applyPatcher} and of the field manager
 * behind it: the kind must be said, and what does not have the form of the type is an error of the
 * server, whatever is asked of the validation of fields.
 */
public final class ConfigurationDecoder {
    private static final String UNKNOWN = "unknown field \"";
    private static final String DUPLICATE = "duplicate field";
    private static final String NO_YAML = "error decoding YAML: ";

    private final Schemas schemas;

    public ConfigurationDecoder(Schemas schemas) {
        this.schemas = schemas;
    }

    public Decoded decode(byte[] body, GroupVersionKind expected, FieldValidation validation) {
        if (body.length > 0
                && body[0] == '{'
                && TreeReader.read(body, Optional.empty()) instanceof TreeReading.Tree plain
                && plain.oddities().stream().noneMatch(each -> each.startsWith(DUPLICATE))) {
            return typed(body, plain.tree(), List.of(), expected, validation);
        }
        return switch (YamlText.toJson(body)) {
            case YamlText.Reading.Json(var json, var duplicates) ->
                    ofYaml(json, duplicates, expected, validation);
            case YamlText.Reading.Malformed(var why) ->
                    bad(NO_YAML + "error converting YAML to JSON: " + why);
            case YamlText.Reading.TooLarge _ -> new Decoded.Refused(Bounds.tooManyValues());
        };
    }

    private Decoded ofYaml(
            byte[] json,
            List<String> duplicates,
            GroupVersionKind expected,
            FieldValidation validation) {
        if (JsonMapper.shared().readTree(json).isNull()) {
            return ofYaml(new byte[] {'{', '}'}, duplicates, expected, validation);
        }
        return switch (TreeReader.read(json, Optional.empty())) {
            case TreeReading.Tree(var tree, _) ->
                    typed(json, tree, duplicates, expected, validation);
            case TreeReading.Mistyped(var why, _) ->
                    bad(NO_YAML + "error unmarshaling JSON: while decoding JSON: " + why);
            case TreeReading.Malformed(var why) -> bad(NO_YAML + why);
            case TreeReading.TooLarge _ -> new Decoded.Refused(Bounds.tooManyValues());
        };
    }

    private Decoded typed(
            byte[] json,
            ObjectNode plain,
            List<String> duplicates,
            GroupVersionKind expected,
            FieldValidation validation) {
        GroupVersionKind found =
                GroupVersionKind.of(
                        plain.path("apiVersion").asString(""), plain.path("kind").asString(""));
        if (!found.equals(expected)) {
            return bad(
                    "invalid object type: %s/%s, Kind=%s"
                            .formatted(found.group(), found.version(), found.kind()));
        }
        Optional<TypeSchema> schema = schemas.of(expected);
        List<String> errors =
                schema.filter(TypeSchema::isBuiltin)
                        .map(known -> TypedCheck.errors(plain, known.structure()))
                        .orElse(List.of());
        if (!errors.isEmpty()) {
            return failed("create typed patch object (%s): ", plain, expected, joined(errors));
        }
        if (validation == FieldValidation.STRICT && !duplicates.isEmpty()) {
            return bad(
                    "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal"
                            + " errors:\n  "
                            + String.join("\n  ", duplicates));
        }
        List<String> warnings = validation == FieldValidation.WARN ? duplicates : List.of();
        return switch (TreeReader.read(json, schema.flatMap(TypeSchema::wire))) {
            case TreeReading.Tree(var tree, var oddities) -> {
                List<String> unknown = new ArrayList<>(oddities);
                schema.filter(known -> !known.isBuiltin())
                        .ifPresent(
                                known ->
                                        known.prune(tree)
                                                .forEach(
                                                        path -> unknown.add(UNKNOWN + path + '"')));
                yield unknown.isEmpty()
                        ? new Decoded.Body(tree, warnings)
                        : undeclared(tree, expected, unknown);
            }
            case TreeReading.Mistyped(var why, _) -> inconvertible(plain, expected, why);
            case TreeReading.Malformed(var why) -> bad(NO_YAML + why);
            case TreeReading.TooLarge _ -> new Decoded.Refused(Bounds.tooManyValues());
        };
    }

    private static Decoded inconvertible(ObjectNode config, GroupVersionKind kind, String why) {
        return failed(
                "convert new object (%s) to proper version: ",
                config,
                kind,
                "unable to convert unstructured object to %s: %s".formatted(shown(kind), why));
    }

    private static Decoded undeclared(
            ObjectNode tree, GroupVersionKind kind, List<String> unknown) {
        List<String> errors =
                unknown.stream()
                        .map(each -> each.substring(UNKNOWN.length(), each.length() - 1))
                        .map(each -> "." + each + ": field not declared in schema")
                        .toList();
        return failed("create typed patch object (%s): ", tree, kind, joined(errors));
    }

    private static String joined(List<String> errors) {
        return errors.size() == 1 ? errors.getFirst() : "errors:\n  " + String.join("\n  ", errors);
    }

    private static Decoded failed(
            String what, ObjectNode config, GroupVersionKind kind, String why) {
        JsonNode metadata = config.path("metadata");
        String name =
                "%s/%s; %s"
                        .formatted(
                                metadata.path("namespace").asString(""),
                                metadata.path("name").asString(""),
                                shown(kind));
        String message = "failed to " + what.formatted(name) + why;
        return new Decoded.Refused(
                new Refusal.Unsupported(FieldError.shortened(message, Refusal.LONGEST_MESSAGE)));
    }

    private static String shown(GroupVersionKind kind) {
        return "%s/%s, Kind=%s".formatted(kind.group(), kind.version(), kind.kind());
    }

    private static Decoded bad(String message) {
        return new Decoded.Refused(new Refusal.BadRequest(message));
    }
}
