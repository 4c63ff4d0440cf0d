package dev.gantry.state.registry;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.chain.AdmissionChain;
import dev.gantry.state.apply.FieldTracking;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.validation.MetadataRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a PUT or a PATCH makes of a stored object.
 *
 * <p>Compat: {@code BeforeUpdate} and {@code Store.Update} of apiserver's generic registry, with
 * mutating admission before and validating admission after them. An update that takes away the last
 * finalizer of an object marked for deletion removes it.
 */
record Updates(AdmissionChain admission) {
    Decision decide(Command.Update command, Resource stored, DecisionContext context) {
        Target target = command.target();
        Resource updated = new Resource(command.object());
        Optional<Refusal> refusal =
                ObjectMetaChecks.checkPatched(target, updated)
                        .or(() -> brokenPrecondition(target, updated, stored, command.verb()));
        if (refusal.isPresent()) {
            return new Decision.Refuse(refusal.get());
        }
        keepIdentity(updated.mutableMetadata(), stored);
        FieldTracking.keepReset(updated.tree());
        complete(target, updated.tree());
        command.managedFields().note(updated.tree(), Optional.of(stored.tree()), context);
        return context.unanswered().orElseGet(() -> noted(command, stored, context));
    }

    private Decision noted(Command.Update command, Resource stored, DecisionContext context) {
        return command.rules().isAdmitted()
                ? admit(command, stored, context)
                : Decision.unless(
                        prepare(command, stored, context),
                        () ->
                                changed(
                                        command.target(),
                                        new Resource(command.object()),
                                        stored,
                                        context));
    }

    private Decision admit(Command.Update command, Resource stored, DecisionContext context) {
        Resource updated = new Resource(command.object());
        AdmittedForm form = AdmittedForm.of(command.target(), command.rules().subresource());
        AdmissionRequest written = form.request(updated, stored, context);
        return Decision.after(
                admission.mutate(written),
                () -> {
                    form.takeOver(written.object(), updated);
                    return Decision.unless(
                            prepare(command, stored, context),
                            () -> judge(command, form, stored, context));
                });
    }

    private Decision judge(
            Command.Update command, AdmittedForm form, Resource stored, DecisionContext context) {
        Resource updated = new Resource(command.object());
        return Decision.after(
                admission.validate(form.request(updated, stored, context)),
                () -> changed(command.target(), updated, stored, context));
    }

    /** Allocates, keeps what may not change, and validates. */
    private static Optional<Refusal> prepare(
            Command.Update command, Resource stored, DecisionContext context) {
        Resource updated = new Resource(command.object());
        Strategy strategy = command.target().strategy();
        Optional<Refusal> refusal =
                command.allocation().begin(updated.tree(), Optional.of(stored), context.seed());
        if (refusal.isPresent()) {
            return refusal;
        }
        strategy.disabledFields().drop(updated.tree(), stored.tree());
        command.rules().preparation().prepare(updated.tree(), stored.tree(), context.now());
        // Compat: a pod that is bound is no other than before, and neither is what has a status.
        boolean counts =
                strategy.hasGeneration()
                        && command.rules() != SubresourceRules.BINDING
                        && !command.rules().isStatus();
        if (counts && strategy.changesGeneration(updated.tree(), stored.tree())) {
            updated.mutableMetadata().put("generation", stored.generation() + 1);
        }
        refusal = invalid(command, updated, stored);
        command.target().definition().schema().toStoredForm(updated.tree());
        return refusal;
    }

    private static Decision changed(
            Target target, Resource updated, Resource stored, DecisionContext context) {
        return Deletions.isDue(target, updated)
                ? Deletions.removal(target, stored, context).replying(updated)
                : Trees.commit(target, updated, stored, context);
    }

    private static Optional<Refusal> brokenPrecondition(
            Target target, Resource updated, Resource stored, String verb) {
        String version = text(updated.metadata(), "resourceVersion");
        boolean isUnconditional = version.isEmpty() || version.equals("0");
        if (isUnconditional && !target.strategy().allowsUnconditionalUpdate()) {
            // Compat: upstream names the resource here, not the kind.
            return Optional.of(
                    new Refusal.Invalid(
                            target.requested().group(),
                            target.requested().plural(),
                            stored.name(),
                            List.of(
                                    FieldError.invalid(
                                            "metadata.resourceVersion",
                                            "0",
                                            "must be specified for an update"))));
        }
        if (!isUnconditional && !version.equals(stored.revision().toString())) {
            return conflict(target, stored, Refusal.Conflict.STALE);
        }
        String uid = text(updated.metadata(), "uid");
        // Compat: what a patch makes is no precondition; validation finds the other uid.
        boolean isPrecondition = !uid.isEmpty() && !verb.equals("patch");
        if (isPrecondition && !uid.equals(stored.uid().value())) {
            return conflict(
                    target,
                    stored,
                    "StorageError: invalid object, Code: 4, Key: /registry/%s/%s, ResourceVersion:"
                                    .formatted(
                                            target.resource().plural(),
                                            stored.key(target.resource()).path())
                            + " 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s,"
                                    .formatted(uid)
                            + " UID in object meta: %s".formatted(stored.uid()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> conflict(Target target, Resource stored, String why) {
        return Optional.of(new Refusal.Conflict(target.requested(), stored.name(), why));
    }

    /** What the client may leave out, and what it cannot take back. */
    private static void keepIdentity(ObjectNode metadata, Resource stored) {
        JsonNode before = stored.metadata();
        for (String field : List.of("namespace", "uid", "creationTimestamp")) {
            if (!metadata.hasNonNull(field) && before.hasNonNull(field)) {
                metadata.set(field, before.path(field).deepCopy());
            }
        }
        metadata.remove("selfLink");
        for (String field :
                List.of("deletionTimestamp", "deletionGracePeriodSeconds", "generation")) {
            metadata.remove(field);
            if (before.hasNonNull(field)) {
                metadata.set(field, before.path(field).deepCopy());
            }
        }
        metadata.put("resourceVersion", stored.revision().toString());
    }

    private static void complete(Target target, ObjectNode updated) {
        target.definition().schema().complete(updated);
        target.strategy().setDefaults(updated);
    }

    private static Optional<Refusal> invalid(
            Command.Update command, Resource updated, Resource stored) {
        List<FieldError> errors =
                new ArrayList<>(MetadataRules.validateUpdate(updated.tree(), stored.tree()));
        if (!command.target().strategy().takesAnyFinalizer()) {
            errors.addAll(MetadataRules.validateFinalizers(updated.tree()));
        }
        errors.addAll(command.target().definition().schema().validate(updated.tree()));
        errors.addAll(command.rules().validation().validate(updated.tree(), stored.tree()));
        return Trees.invalid(command.target(), updated.name(), errors);
    }
}
