package dev.gantry.state.registry;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.chain.AdmissionChain;
import dev.gantry.state.apply.FieldTracking;
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
 * <p>Compat: the create handler of apiserver and {@code Store.Create} of its generic registry:
 * namespace, defaults, mutating admission, name and system fields, allocation, prepare, validation,
 * validating admission.
 */
record Creations(View view, AdmissionChain admission) {
    private static final List<String> SYSTEM_FIELDS =
            List.of(
                    "selfLink",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds");

    Decision decide(Command.Create command, DecisionContext context) {
        Target target = command.target();
        Resource object = new Resource(command.object());
        Optional<Refusal> refusal = place(target, object);
        if (refusal.isEmpty()) {
            refusal = NamespaceRules.check(target, object, view);
        }
        if (refusal.isPresent()) {
            return new Decision.Refuse(refusal.get());
        }
        object.mutableMetadata().remove(SYSTEM_FIELDS);
        FieldTracking.keepReset(command.object());
        complete(target, command.object());
        command.managedFields().note(command.object(), Optional.empty(), context);
        AdmissionRequest request =
                new AdmissionRequest(
                        target.subject(""),
                        Operation.CREATE,
                        command.object(),
                        Optional.empty(),
                        context.request());
        return Decision.after(admission.mutate(request), () -> admitted(command, request, context));
    }

    private static Optional<Refusal> place(Target target, Resource object) {
        if (!object.metadata().path("resourceVersion").asString("").isEmpty()) {
            return Optional.of(
                    new Refusal.Unsupported(
                            "resourceVersion should not be set on objects to be created"));
        }
        return ObjectMetaChecks.settle(target, object);
    }

    private static void complete(Target target, ObjectNode object) {
        Strategy strategy = target.strategy();
        target.definition().schema().complete(object);
        strategy.setDefaults(object);
    }

    private Decision admitted(
            Command.Create command, AdmissionRequest request, DecisionContext context) {
        Target target = command.target();
        Resource object = request.resource();
        Optional<Refusal> refusal =
                ObjectMetaChecks.settle(target, object).or(() -> taken(target, object));
        if (refusal.isEmpty()) {
            identify(target, object, context);
            refusal = command.allocation().begin(object.tree(), Optional.empty(), context.seed());
        }
        if (refusal.isEmpty()) {
            Strategy strategy = target.strategy();
            strategy.disabledFields().drop(object.tree(), MissingNode.getInstance());
            strategy.prepareForCreate(object.tree(), context.caller());
            refusal = invalid(target, object);
            target.definition().schema().toStoredForm(object.tree());
        }
        return refusal.isPresent()
                ? new Decision.Refuse(refusal.get())
                : Decision.after(
                        admission.validate(request), () -> Trees.create(target, object, context));
    }

    /** Admission may have given the object another name than the one that was looked up. */
    private Optional<Refusal> taken(Target target, Resource object) {
        boolean isOther = !object.name().isEmpty() && !object.name().equals(target.name());
        ObjectKey key = object.key(target.resource());
        return isOther && view.get(key).isPresent()
                ? Optional.of(new Refusal.Exists(target.requested(), object.name()))
                : Optional.empty();
    }

    /** Settles the name and the system fields. */
    private static void identify(Target target, Resource object, DecisionContext context) {
        ObjectNode metadata = object.mutableMetadata();
        if (object.name().isEmpty() && !target.name().isEmpty()) {
            metadata.put("name", target.name());
        }
        metadata.put("uid", context.uid());
        if (target.strategy().hasGeneration()) {
            metadata.put("generation", 1);
        }
        metadata.put("creationTimestamp", Conditions.timestamp(context.now()));
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
