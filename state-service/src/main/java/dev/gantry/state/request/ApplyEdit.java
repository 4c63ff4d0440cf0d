package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.apply.FieldManager;
import dev.gantry.state.apply.ServerSideApply;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.subresource.Scale;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A configuration that is applied: it creates the object, or changes the one there is. */
public record ApplyEdit(Call call, Body configuration, FieldManager writer, boolean forces)
        implements Edit {
    public static Judged<ApplyEdit> of(
            Call call, SubresourceRules rules, WriteOptions options, BodyReading bodies) {
        FieldManager writer =
                FieldManager.applying(
                        options.manager(), call.kind().apiVersion(), rules.subresource());
        return bodies.yaml(call, options)
                .map(body -> new ApplyEdit(call, body, writer, options.forces()));
    }

    /**
     * A Scale that is applied: what it says of replicas, as a configuration of the object itself.
     *
     * <p>Compat: {@code ScaleHandler}: who applies a scale owns the replicas of the object.
     */
    public static Judged<ApplyEdit> ofScale(
            Call call, Subresource.Scaled scaled, WriteOptions options, BodyReading bodies) {
        FieldManager writer =
                FieldManager.applying(options.manager(), call.kind().apiVersion(), scaled.name());
        return bodies.yaml(call, Scale.KIND, options)
                .map(body -> new Resource(body.tree()))
                .then(
                        scale ->
                                Judged.unless(
                                        ScaleEdit.wrong(call, scaled.scale(), scale),
                                        new ApplyEdit(
                                                call,
                                                new Body(
                                                        scaled.scale().owner(scale, call.kind()),
                                                        List.of()),
                                                writer,
                                                options.forces())));
    }

    /**
     * What is created where nothing is stored. Compat: the revision that a configuration names is
     * one that a stored object would have to have; java-operator-sdk so keeps from changing one.
     */
    public Judged<Body> created(Instant now) {
        String uid = new Resource(configuration.tree()).uid().value();
        if (!uid.isEmpty()) {
            return Judged.refused(
                    new Refusal.Conflict(
                            call.target().requested(),
                            call.target().name(),
                            "uid mismatch: the provided object specified uid "
                                    + uid
                                    + ", and no existing object was found"));
        }
        return new ServerSideApply(call.target().scope(writer.subresource()), now)
                .create(request())
                .map(call.conversion()::toStored)
                .then(
                        tree ->
                                Judged.unless(
                                        Registry.checkApplied(call.target(), new Resource(tree)),
                                        tree))
                .map(
                        tree -> {
                            new Resource(tree).mutableMetadata().remove("resourceVersion");
                            return new Body(tree, List.of());
                        });
    }

    @Override
    public Judged<ObjectNode> of(Resource stored, DecisionContext context) {
        return new ServerSideApply(
                        call.target().scope(writer.subresource(), context.request()), context.now())
                .apply(call.current(stored.tree()), request())
                .map(call.conversion()::toStored);
    }

    private ServerSideApply.Request request() {
        return new ServerSideApply.Request(configuration.fresh(), writer, forces);
    }
}
