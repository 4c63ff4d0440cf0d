package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.registry.Target;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.WriteOptions;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Bindings and evictions: which pod is meant, and whether it is only rehearsed. */
public final class PodRequests {
    private PodRequests() {}

    /** Compat: the path {@code bindings} leaves the name to the body. */
    public static Judged<Target> bound(Call call, Body body) {
        String name = new Resource(body.tree()).name();
        Target pod = call.target().name().isEmpty() ? call.target().named(name) : call.target();
        return name.equals(pod.name())
                ? Judged.of(pod)
                : Judged.refused(
                        new Refusal.BadRequest(
                                "name in URL does not match name in Binding object"));
    }

    /** How to carry out an eviction: its body, too, may ask for a dry run. */
    public static Judged<WriteOptions> evicting(Call call, Body body, WriteOptions options) {
        String name = new Resource(body.tree()).name();
        if (!name.equals(call.target().name())) {
            return Judged.refused(
                    new Refusal.BadRequest("name in URL does not match name in Eviction object"));
        }
        JsonNode deleteOptions = body.tree().path("deleteOptions");
        List<String> dryRun = DeletionOptions.dryRun(deleteOptions);
        List<FieldError> errors = DeletionOptions.of(deleteOptions).errors();
        WriteOptions.checkDryRun(dryRun, errors);
        return Judged.unless(
                DeletionOptions.refusal(errors), dryRun.isEmpty() ? options : options.asDryRun());
    }
}
