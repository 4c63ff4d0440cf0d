package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Deletion;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code customresourcedefinition} of apiextensions-apiserver.
 *
 * <p>Invariant: every version in which objects were ever stored is in {@code
 * status.storedVersions}.
 */
public final class CustomResourceDefinitionStrategy implements Strategy {
    private static final int HTTPS = 443;

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        ObjectNode names = Resource.child(spec, "names");
        String kind = Resource.text(names, "kind");
        if (!kind.isEmpty()) {
            Defaults.text(names, "singular", kind.toLowerCase(Locale.ROOT));
            Defaults.text(names, "listKind", kind + "List");
        }
        if (!spec.path("preserveUnknownFields").asBoolean(false)) {
            spec.remove("preserveUnknownFields");
        }
        if (!spec.hasNonNull("conversion")) {
            spec.putObject("conversion").put("strategy", "None");
        }
        Defaults.within(
                spec.path("conversion").path("webhook").path("clientConfig"),
                "service",
                service -> Defaults.number(service, "port", HTTPS));
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status");
        addStoredVersions(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Strategy.super.prepareForUpdate(updated, stored);
        addStoredVersions(updated);
    }

    private static void addStoredVersions(ObjectNode object) {
        ObjectNode status = Resource.child(object, "status");
        ArrayNode known =
                status.path("storedVersions") instanceof ArrayNode found
                        ? found
                        : status.putArray("storedVersions");
        for (JsonNode version : object.path("spec").path("versions")) {
            JsonNode name = version.path("name");
            boolean isNew =
                    version.path("storage").asBoolean(false)
                            && known.valueStream().noneMatch(name::equals);
            if (isNew) {
                known.add(name);
            }
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        String wanted =
                "%s.%s"
                        .formatted(
                                root.child("spec", "names").text("plural"),
                                root.child("spec").text("group"));
        Field name = root.child("metadata", "name");
        if (!name.text().equals(wanted)) {
            name.invalid("must be spec.names.plural+\".\"+spec.group");
        }
        SpecRules.check(root.child("spec"));
        StatusRules.check(root);
        ApprovalRules.check(root);
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(updated, errors);
        SpecRules.check(root.child("spec"));
        SpecRules.checkUnchanged(root.child("spec"), stored);
        StatusRules.check(root);
        ApprovalRules.check(root);
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        StatusRules.checkNames(Field.root(updated, errors));
        return errors;
    }

    /** Its objects go first. */
    @Override
    public Deletion deletion() {
        return Deletion.MARKED_FIRST;
    }

    @Override
    public void markForDeletion(ObjectNode marked, Instant now) {
        Termination.begin(marked, now);
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return FormatWarnings.of(object);
    }

    @Override
    public boolean takesAnyFinalizer() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public boolean hasStatus() {
        return true;
    }
}
