package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.subresource.Scale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form in which admission sees an update: the object itself, or its Scale.
 *
 * @param scale empty for the object itself
 */
record AdmittedForm(Target target, String subresource, Optional<Scale> scale) {
    static AdmittedForm of(Target target, String subresource) {
        Optional<Scale> scale =
                subresource.isEmpty()
                        ? Optional.empty()
                        : target.definition()
                                .subresource(subresource)
                                .filter(Subresource.Scaled.class::isInstance)
                                .map(each -> ((Subresource.Scaled) each).scale());
        return new AdmittedForm(target, subresource, scale);
    }

    AdmissionRequest request(Resource updated, Resource stored, DecisionContext context) {
        return new AdmissionRequest(
                target.subject(subresource),
                Operation.UPDATE,
                scale.map(each -> each.of(updated)).orElse(updated.tree()),
                Optional.of(scale.map(each -> new Resource(each.of(stored))).orElse(stored)),
                context.request());
    }

    /** What admission made of the form goes into the object. */
    void takeOver(ObjectNode admitted, Resource updated) {
        if (scale.isPresent() && !admitted.equals(scale.get().of(updated))) {
            ObjectNode scaled = scale.get().apply(new Resource(admitted), updated);
            updated.tree().removeAll();
            updated.tree().setAll(scaled);
        }
    }
}
