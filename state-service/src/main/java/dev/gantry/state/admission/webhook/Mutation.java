package dev.gantry.state.admission.webhook;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.ChangedObject;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.patch.Patched;
import dev.gantry.state.patch.Patches;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a webhook's patch makes of the object of a request. */
sealed interface Mutation {
    /** The object is as it was. */
    record None() implements Mutation {}

    /**
     * @param object in the form of the request's object: as stored, with defaults
     */
    record Changed(ObjectNode object) implements Mutation {}

    /** Not before the open calls of the request are answered. */
    record Open() implements Mutation {}

    record Refused(Refusal why) implements Mutation {}

    /**
     * Compat: the patched object is read as any other: unknown fields go, defaults are set again.
     */
    static Mutation of(Invocation invocation, byte[] patch) {
        AdmissionRequest request = invocation.request();
        if (!Requests.showsObject(request)) {
            return new Refused(Denials.notForThis(invocation.webhook().name()));
        }
        ObjectNode shown = (ObjectNode) invocation.review().shown().object();
        return switch (Patches.apply(PatchType.JSON, patch, shown, Optional.empty())) {
            case Patched.Refused(var why) -> refused(invocation, why);
            case Patched.Tree(var tree, _) -> {
                Mutation made = tree.equals(shown) ? new None() : read(invocation, tree);
                if (made instanceof None || made instanceof Changed) {
                    invocation.annotations().patched(patch);
                }
                yield made;
            }
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
        return switch (ChangedObject.of(invocation.review().shown(), patched)) {
            case ChangedObject.Read(var object, _) -> new Changed(object);
            case ChangedObject.Open _ -> new Open();
            case ChangedObject.Unreadable(var why) -> new Refused(Denials.internal(why));
        };
    }
}
