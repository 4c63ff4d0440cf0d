package dev.gantry.state.request;

import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write is answered with, before it takes the form that the client accepts.
 *
 * @param json as stored, where {@code shown} is the object
 */
public record Answer(int code, Shown shown, byte[] json, List<String> warnings) {
    /** What the body is. */
    public enum Shown {
        OBJECT,
        /** A Status, a Scale, and so on: sent as it is. */
        DOCUMENT
    }

    /**
     * @param warnings of the body that was written
     */
    public static Answer written(Call call, Done done, List<String> warnings) {
        byte[] json =
                done.stored().isPresent() && !done.isRemoved()
                        ? done.stored().get().json()
                        : BodyEncoder.json(done.tree().tree());
        List<String> all = new ArrayList<>(warnings);
        all.addAll(done.warnings());
        Strategy strategy = call.target().strategy();
        boolean isWarned =
                switch (strategy.warned()) {
                    case AT_CREATION -> done.isCreated();
                    case WITH_EACH_GENERATION -> done.hasNewGeneration();
                    case WITH_EACH_WRITE -> call.request().subresource().isEmpty();
                };
        if (isWarned) {
            all.addAll(strategy.warnings(done.tree().tree()));
        }
        return new Answer(done.isCreated() ? 201 : 200, Shown.OBJECT, json, all);
    }

    /** The object where it is still there, or its kind shows it all the same; else a Status. */
    public static Answer deleted(Call call, DeletionOptions options, Done done) {
        // Compat: told apart only for the deprecated option.
        boolean isLater = !done.isRemoved() && !options.orphansDependents().orElse(true);
        boolean isShown = !done.isRemoved() || call.target().strategy().returnsDeletedObject();
        return new Answer(
                isLater ? 202 : 200,
                isShown ? Shown.OBJECT : Shown.DOCUMENT,
                isShown ? object(done) : BodyEncoder.json(gone(call, done)),
                done.warnings());
    }

    /** Of something that was done and has nothing to show. */
    public static Answer created(Done done) {
        return document(201, success().put("code", 201), done.warnings());
    }

    public static Answer document(int code, ObjectNode body, List<String> warnings) {
        return new Answer(code, Shown.DOCUMENT, BodyEncoder.json(body), warnings);
    }

    /** What is gone is shown as it was marked, at the revision of its removal. */
    private static byte[] object(Done done) {
        if (done.stored().isPresent() && !done.isRemoved()) {
            return done.stored().get().json();
        }
        done.stored()
                .ifPresent(
                        each ->
                                done.tree()
                                        .mutableMetadata()
                                        .put("resourceVersion", each.revision().toString()));
        return BodyEncoder.json(done.tree().tree());
    }

    private static ObjectNode gone(Call call, Done done) {
        ObjectNode status = success();
        ObjectNode details = status.putObject("details");
        details.put("name", call.target().name());
        if (!call.kind().group().isEmpty()) {
            details.put("group", call.kind().group());
        }
        details.put("kind", call.kind().plural()).put("uid", done.tree().uid().value());
        return status;
    }

    private static ObjectNode success() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Success");
    }
}
