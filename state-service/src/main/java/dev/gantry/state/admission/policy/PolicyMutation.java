package dev.gantry.state.admission.policy;

import dev.gantry.expression.CelAnswers;
import dev.gantry.expression.ObjectLiteral;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionFault;
import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.condition.Inquiry.Answer;
import dev.gantry.state.admission.match.ChangedObject;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.admission.policy.MutatingPolicy.Change;
import dev.gantry.state.apply.ConfigurationPatch;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.patch.Patched;
import dev.gantry.state.patch.Patches;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.StructType;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What one change of a policy makes of the object of a request. */
sealed interface PolicyMutation {
    /**
     * @param object in the form of the request's object: as stored, with defaults
     */
    record Changed(ObjectNode object) implements PolicyMutation {}

    /** The object stays as it is, or nothing counts before open calls are answered. */
    record Unchanged() implements PolicyMutation {}

    /** The policy could not do it; whether that matters, its failurePolicy says. */
    record Failed(String why) implements PolicyMutation {}

    /** What came out is no object of its kind, whatever the failurePolicy says. */
    record Refused(Refusal why) implements PolicyMutation {}

    static PolicyMutation of(Change change, ShownRequest shown, Inquiry inquiry) {
        ObjectNode object = (ObjectNode) shown.object().deepCopy();
        return switch (inquiry.ask(change.expression())) {
            case Answer.None(var why) -> new Failed(why);
            case Answer.Given(var value) ->
                    switch (change) {
                        case Change.Apply _ -> apply(value, object, shown);
                        case Change.JsonPatch _ -> patch(value, object, shown);
                    };
        };
    }

    private static PolicyMutation apply(Object value, ObjectNode object, ShownRequest shown) {
        Optional<JsonNode> config = CelAnswers.json(value);
        if (!(value instanceof ObjectLiteral literal)
                || !(config.orElse(null) instanceof ObjectNode tree)) {
            return new Failed("invalid return type: " + value);
        }
        if (literal.mismatch().isPresent()) {
            return new Failed("type mismatch: " + literal.mismatch().get());
        }
        tree.set("apiVersion", object.path("apiVersion"));
        tree.set("kind", object.path("kind"));
        return switch (ConfigurationPatch.apply(object, tree, structure(shown))) {
            case ConfigurationPatch.Refused(var why) -> new Failed("error applying patch: " + why);
            case ConfigurationPatch.Applied(var merged) -> read(shown, object, merged);
        };
    }

    private static StructType structure(ShownRequest shown) {
        var subject = shown.request().subject();
        return subject.isOfObject()
                ? shown.version().schema().structure()
                : Schemas.BUILTIN.of(subject.body(subject.version())).orElseThrow().structure();
    }

    /** Compat: a test that fails leaves the object as it is. */
    private static PolicyMutation patch(Object value, ObjectNode object, ShownRequest shown) {
        if (value instanceof Collection<?> operations) {
            for (Object each : operations) {
                Optional<String> mismatch = mismatch(each);
                if (mismatch.isPresent()) {
                    return new Failed("type mismatch: " + mismatch.get());
                }
            }
        }
        Optional<JsonNode> operations = CelAnswers.json(value);
        if (operations.isEmpty()) {
            return new Failed(
                    "JSONPath valueExpression evaluated to a type that could not marshal to JSON");
        }
        byte[] patch = JsonMapper.shared().writeValueAsBytes(operations.get());
        return switch (Patches.apply(PatchType.JSON, patch, object, Optional.empty())) {
            case Patched.Refused(Refusal.Unprocessable(var why)) when why.endsWith("test failed") ->
                    new Unchanged();
            case Patched.Refused(Refusal.Unprocessable(var why)) ->
                    new Failed("JSON Patch: " + why);
            case Patched.Refused(var why) -> new Failed("JSON Patch: " + why.message());
            case Patched.Tree(var patched, _) -> read(shown, object, patched);
        };
    }

    /** Whether the value of an operation is an object of another type than it says. */
    private static Optional<String> mismatch(Object operation) {
        return operation instanceof ObjectLiteral patch
                        && patch.fields().get("value") instanceof ObjectLiteral value
                ? value.mismatch()
                : Optional.empty();
    }

    private static PolicyMutation read(ShownRequest shown, ObjectNode before, ObjectNode patched) {
        if (patched.equals(before)) {
            return new Unchanged();
        }
        return switch (ChangedObject.of(shown, patched)) {
            case ChangedObject.Open _ -> new Unchanged();
            case ChangedObject.Unreadable(var why) -> new Refused(AdmissionFault.of(why));
            case ChangedObject.Read(_, var oddities) when !oddities.isEmpty() ->
                    new Refused(
                            AdmissionFault.of(
                                    "strict decoding error: " + String.join(", ", oddities)));
            case ChangedObject.Read(var object, _) -> new Changed(object);
        };
    }
}
