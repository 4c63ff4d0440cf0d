package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.codec.json.TreeReader;
import dev.gantry.state.codec.json.TreeReading;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.patch.Patched;
import dev.gantry.state.patch.Patches;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a webhook's patch makes of the object of a request. */
sealed interface Mutation {
    /** The object is as it was. */
    record None() implements Mutation {}

    /**
     * @param object in the form of the request's object: as stored, with defaults
     */
    record Changed(ObjectNode object) implements Mutation {}

    record Refused(Refusal why) implements Mutation {}

    /**
     * Compat: the patched object is read as any other: unknown fields go, defaults are set again.
     */
    static Mutation of(Invocation invocation, byte[] patch) {
        AdmissionRequest request = invocation.request();
        if (!Requests.showsObject(request)) {
            return new Refused(Denials.notForThis(invocation.webhook().name()));
        }
        ObjectNode shown = invocation.review().shown().shown(request.object());
        return switch (Patches.apply(PatchType.JSON, patch, shown, Optional.empty())) {
            case Patched.Refused(var why) -> refused(invocation, why);
            case Patched.Tree(var tree, _) ->
                    tree.equals(shown) ? new None() : read(invocation, tree);
        };
    }

    private static Mutation refused(Invocation invocation, Refusal why) {
        if (why instanceof Refusal.Unprocessable(String reason)) {
            return new Refused(Denials.internal(reason));
        }
        String text = "received undecodable patch in webhook response: " + why.message();
        return switch (invocation.failed(text)) {
            case Invocation.Outcome.Stopped(var refusal) -> new Refused(refusal);
            case Invocation.Outcome.Passed _ -> new None();
        };
    }

    private static Mutation read(Invocation invocation, ObjectNode patched) {
        AdmissionRequest.Subject subject = invocation.request().subject();
        TypeSchema schema =
                subject.isOfObject()
                        ? invocation.review().version().schema()
                        : Schemas.BUILTIN.of(subject.body(subject.version())).orElseThrow();
        byte[] json = JsonMapper.shared().writeValueAsBytes(patched);
        return switch (TreeReader.read(json, schema.wire())) {
            case TreeReading.Tree(var tree, _) -> {
                schema.prune(tree);
                yield new Changed(subject.isOfObject() ? stored(invocation, tree) : tree);
            }
            case TreeReading.Mistyped(var why, _) -> new Refused(Denials.internal(why));
            case TreeReading.Malformed(var why) -> new Refused(Denials.internal(why));
            case TreeReading.TooLarge _ ->
                    new Refused(Denials.internal("the patched object is too large"));
        };
    }

    private static ObjectNode stored(Invocation invocation, ObjectNode tree) {
        AdmissionRequest.Subject subject = invocation.request().subject();
        ObjectNode stored = invocation.review().version().conversion().toStored(tree);
        subject.definition().schema().complete(stored);
        subject.version().strategy().setDefaults(stored);
        return stored;
    }
}
