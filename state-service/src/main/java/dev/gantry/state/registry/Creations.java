package dev.gantry.state.registry;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.Admission;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.MetadataRules;
import dev.gantry.state.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a POST makes.
 *
 * <p>Compat: {@code BeforeCreate} of apiserver's {@code registry/rest}: namespace and name,
 * defaults, prepare, admission, system fields, validation.
 */
final class Creations {
    private static final List<String> SYSTEM_FIELDS =
            List.of(
                    "selfLink",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds");

    private Creations() {}

    static Decision decide(Command.Create command, View view, Moment moment) {
        Target target = command.target();
        Resource object = new Resource(command.object());
        Optional<Refusal> refusal = identify(target, object, moment);
        if (refusal.isEmpty()) {
            refusal = NamespaceRules.check(target, object, view);
        }
        if (refusal.isEmpty()) {
            refusal = complete(command, view, moment);
        }
        if (refusal.isEmpty()) {
            command.authorship().note(object.tree(), Optional.empty(), moment);
            refusal = invalid(target, object);
        }
        return refusal.isPresent()
                ? new Decision.Refuse(refusal.get())
                : Trees.create(target, object, moment);
    }

    /** Settles namespace, name and system fields. */
    private static Optional<Refusal> identify(Target target, Resource object, Moment moment) {
        ObjectNode metadata = object.mutableMetadata();
        if (!object.metadata().path("resourceVersion").asString("").isEmpty()) {
            // Compat: upstream answers 500 here.
            return Optional.of(
                    new Refusal.Internal(
                            "resourceVersion should not be set on objects to be created"));
        }
        Optional<Refusal> misplaced = Places.settle(target, object);
        if (misplaced.isPresent()) {
            return misplaced;
        }
        metadata.remove(SYSTEM_FIELDS);
        if (object.name().isEmpty() && !target.name().isEmpty()) {
            metadata.put("name", target.name());
        }
        metadata.put("uid", moment.uid());
        if (target.strategy().hasGeneration()) {
            metadata.put("generation", 1);
        }
        metadata.put("creationTimestamp", Conditions.timestamp(moment.now()));
        return Optional.empty();
    }

    private static Optional<Refusal> complete(Command.Create command, View view, Moment moment) {
        Target target = command.target();
        ObjectNode object = command.object();
        Strategy strategy = target.strategy();
        target.definition().schema().complete(object);
        strategy.disabledFields().drop(object, MissingNode.getInstance());
        strategy.setDefaults(object);
        Optional<Refusal> refusal =
                command.allocation().begin(object, Optional.empty(), moment.seed());
        if (refusal.isPresent()) {
            return refusal;
        }
        strategy.prepareForCreate(object, moment.caller());
        AdmissionRequest request =
                new AdmissionRequest(
                        target.kind(),
                        AdmissionRequest.Operation.CREATE,
                        "",
                        object,
                        Optional.empty(),
                        moment.caller(),
                        moment.seed());
        return Admission.admit(request, new Seen(view));
    }

    private static Optional<Refusal> invalid(Target target, Resource object) {
        Strategy strategy = target.strategy();
        List<FieldError> errors =
                new ArrayList<>(
                        MetadataRules.validate(
                                object.tree(),
                                target.kind().isNamespaced(),
                                strategy::validateName));
        if (!strategy.takesAnyFinalizer()) {
            errors.addAll(MetadataRules.validateFinalizers(object.tree()));
        }
        errors.addAll(target.definition().schema().validate(object.tree()));
        errors.addAll(strategy.validate(object.tree()));
        return Trees.invalid(target, object.name(), errors);
    }
}
