package dev.gantry.state.patch;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.codec.json.TreeReader;
import dev.gantry.state.codec.json.TreeReading;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.validation.GoValue;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a patch of any type but server-side apply. */
public final class Patches {
    private static final int MAX_OPERATIONS = 10_000;
    private static final String UNDECODED = "error decoding patch: ";

    private Patches() {}

    /**
     * @param object stays as it is
     * @param type what a strategic merge patch goes by; empty for kinds that are not built in,
     *     which do not take one
     */
    public static Patched apply(
            PatchType patchType, byte[] body, ObjectNode object, Optional<StructType> type) {
        try {
            return switch (patchType) {
                case JSON -> jsonPatch(body, object);
                case MERGE -> {
                    TreeReading.Tree patch = read(body, UNDECODED);
                    yield new Patched.Tree(
                            MergePatch.apply(patch.tree(), object.deepCopy()), patch.oddities());
                }
                case STRATEGIC_MERGE -> strategic(body, object, type);
                case APPLY -> new Patched.Refused(unsupported(type.isPresent()));
            };
        } catch (PatchProblem problem) {
            return new Patched.Refused(problem.refusal());
        }
    }

    /** What a content type gets that is no patch the kind takes. */
    public static Refusal unsupported(boolean isBuiltin) {
        return isBuiltin
                ? new Refusal.NoSuchFormat()
                : new Refusal.UnsupportedMediaType(
                        "the body of the request was in an unknown format - accepted media types"
                                + " include: application/json-patch+json,"
                                + " application/merge-patch+json, application/apply-patch+yaml");
    }

    private static Patched strategic(byte[] body, ObjectNode object, Optional<StructType> type) {
        if (type.isEmpty()) {
            return new Patched.Refused(unsupported(false));
        }
        TreeReading.Tree patch = read(body, "");
        ObjectNode merged = new StrategicMerge().apply(patch.tree(), object.deepCopy(), type.get());
        return new Patched.Tree(merged, patch.oddities());
    }

    private static Patched jsonPatch(byte[] body, ObjectNode object) {
        JsonNode operations;
        try {
            if (TreeReader.count(body) > Bounds.MAX_VALUES) {
                throw new PatchProblem(Bounds.tooManyValues());
            }
            operations = JsonMapper.shared().readTree(body);
        } catch (JacksonException malformed) {
            throw PatchProblem.badRequest(UNDECODED + why(body));
        }
        if (!(operations instanceof ArrayNode list)) {
            throw PatchProblem.badRequest(
                    UNDECODED
                            + "json: cannot unmarshal %s into Go value of type"
                                    .formatted(GoValue.jsonKind(operations))
                            + " []handlers.jsonPatchOp");
        }
        if (list.size() > MAX_OPERATIONS) {
            throw PatchProblem.tooLarge(
                    "Request entity too large: The allowed maximum operations in a JSON patch is %d, got %d"
                            .formatted(MAX_OPERATIONS, list.size()));
        }
        JsonNode patched = JsonPatch.apply(list, object.deepCopy());
        if (patched instanceof ObjectNode tree) {
            return new Patched.Tree(tree, List.of());
        }
        throw PatchProblem.doesNotApply("the patched document is not an object");
    }

    private static TreeReading.Tree read(byte[] body, String prefix) {
        return switch (TreeReader.read(body, Optional.empty())) {
            case TreeReading.Tree tree -> tree;
            case TreeReading.Malformed(var why) -> throw PatchProblem.badRequest(prefix + why);
            case TreeReading.Mistyped(var why, _) -> throw PatchProblem.badRequest(prefix + why);
            case TreeReading.TooLarge _ -> throw new PatchProblem(Bounds.tooManyValues());
        };
    }

    private static String why(byte[] body) {
        return TreeReader.read(body, Optional.empty()) instanceof TreeReading.Malformed(var why)
                ? why
                : "malformed";
    }
}
