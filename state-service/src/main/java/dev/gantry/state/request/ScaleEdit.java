package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.subresource.Scale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Changes an object through its scale. */
public record ScaleEdit(Call call, Scale form, Wanted wanted) implements Edit {
    /** What the scale shall be, given the one that is. */
    @FunctionalInterface
    public interface Wanted {
        Judged<ObjectNode> from(ObjectNode current);
    }

    @Override
    public Judged<ObjectNode> of(Resource stored, DecisionContext context) {
        return wanted.from(form.of(stored))
                .map(Resource::new)
                .then(scale -> Judged.unless(wrong(call, form, scale), scale))
                .map(scale -> form.apply(scale, stored));
    }

    static Optional<Refusal> wrong(Call call, Scale form, Resource scale) {
        if (!scale.name().equals(call.target().name())) {
            return Optional.of(
                    new Refusal.BadRequest(
                            "the name of the object (%s) does not match the name on the URL (%s)"
                                    .formatted(scale.name(), call.target().name())));
        }
        return call.schema().isBuiltin() ? Scale.invalid(scale) : form.invalid(scale, call.kind());
    }
}
