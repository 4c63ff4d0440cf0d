package dev.gantry.state.validation;

import dev.gantry.model.refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of {@code metadata}, for all kinds alike.
 *
 * <p>Compat: apimachinery's {@code ValidateObjectMeta} and {@code ValidateObjectMetaUpdate}, with
 * the rule for finalizers that core adds.
 */
public final class MetadataRules {
    private static final List<String> STANDARD_FINALIZERS =
            List.of("kubernetes", "orphan", "foregroundDeletion");
    private static final int MANAGER_BYTES = 128;
    private static final int SUBRESOURCE_BYTES = 256;
    private static final int LONGEST_NAME = 512;

    private MetadataRules() {}

    /**
     * @param nameRule gives the reasons against a name
     */
    public static List<FieldError> validate(
            ObjectNode object, boolean isNamespaced, Function<String, List<String>> nameRule) {
        List<FieldError> errors = new ArrayList<>();
        Field metadata = Field.root(object, errors).child("metadata");
        name(metadata, nameRule);
        namespace(metadata.child("namespace"), isNamespaced);
        metadata.child("generation").nonNegative();
        LabelRules.labels(metadata.child("labels"));
        LabelRules.annotations(metadata.child("annotations"));
        owners(metadata.child("ownerReferences"));
        finalizers(metadata.child("finalizers"));
        managedFields(metadata.child("managedFields"));
        return errors;
    }

    /** Of an object that is a part of another, and is not stored under its name. */
    public static List<FieldError> ofEmbedded(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field metadata = Field.root(object, errors).child("metadata");
        LabelRules.labels(metadata.child("labels"));
        LabelRules.annotations(metadata.child("annotations"));
        owners(metadata.child("ownerReferences"));
        finalizers(metadata.child("finalizers"));
        return errors;
    }

    public static List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field metadata = Field.root(updated, errors).child("metadata");
        Field before = Field.root(stored, new ArrayList<>()).child("metadata");
        if (before.has("deletionTimestamp")) {
            noNewFinalizers(metadata.child("finalizers"), before.child("finalizers"));
        }
        if (metadata.text("resourceVersion").isEmpty()) {
            metadata.child("resourceVersion").invalidText("", "must be specified for an update");
        }
        Field generation = metadata.child("generation");
        if (generation.number() < before.child("generation").number()) {
            generation.invalidNumber("must not be decremented");
        }
        for (String fixed :
                List.of(
                        "name",
                        "namespace",
                        "uid",
                        "creationTimestamp",
                        "deletionTimestamp",
                        "deletionGracePeriodSeconds")) {
            metadata.child(fixed).immutable(before.value().path(fixed));
        }
        LabelRules.labels(metadata.child("labels"));
        LabelRules.annotations(metadata.child("annotations"));
        owners(metadata.child("ownerReferences"));
        finalizers(metadata.child("finalizers"));
        managedFields(metadata.child("managedFields"));
        return errors;
    }

    private static void name(Field metadata, Function<String, List<String>> nameRule) {
        Field prefix = metadata.child("generateName");
        if (!prefix.isEmpty()) {
            prefix.invalidFor(nameRule.apply(Names.maskTrailingDash(prefix.text())));
        }
        Field name = metadata.child("name");
        if (name.isEmpty()) {
            name.required("name or generateName is required");
        } else {
            name.invalidFor(nameRule.apply(name.text()));
        }
    }

    private static void namespace(Field namespace, boolean isNamespaced) {
        if (!isNamespaced) {
            if (!namespace.isEmpty()) {
                namespace.forbidden("not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            namespace.required("");
        } else {
            namespace.invalidFor(Names.dnsLabel(namespace.text()));
        }
    }

    private static void owners(Field owners) {
        String firstController = "";
        for (Field owner : owners.items()) {
            owner(owner, owners);
            if (owner.child("controller").isTrue()) {
                String found =
                        FieldError.shortened(owner.text("kind"), LONGEST_NAME)
                                + "/"
                                + FieldError.shortened(owner.text("name"), LONGEST_NAME);
                if (firstController.isEmpty()) {
                    firstController = found;
                } else {
                    owners.invalid(
                            "Only one reference can have Controller set to true. Found \"true\" in"
                                    + " references for "
                                    + firstController
                                    + " and "
                                    + found);
                }
            }
        }
    }

    /** Compat: errors of an entry are reported at the list, without an index. */
    private static void owner(Field owner, Field list) {
        String apiVersion = owner.text("apiVersion");
        boolean hasVersion = !apiVersion.isEmpty() && !apiVersion.endsWith("/");
        if (!hasVersion) {
            list.child("apiVersion").invalidText(apiVersion, "version must not be empty");
        }
        for (String needed : List.of("kind", "name", "uid")) {
            if (owner.text(needed).isEmpty()) {
                list.child(needed).invalidText("", "must not be empty");
            }
        }
        if (apiVersion.equals("v1") && owner.text("kind").equals("Event")) {
            list.invalid(owner.value(), "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void finalizers(Field finalizers) {
        List<String> names = finalizers.texts();
        for (String name : names) {
            Names.qualified(name).forEach(each -> finalizers.invalidText(name, each));
        }
        if (names.contains("orphan") && names.contains("foregroundDeletion")) {
            finalizers.invalid("finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    /** Of kinds whose finalizers are qualified, or Kubernetes' own. */
    public static List<FieldError> validateFinalizers(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field finalizers = Field.root(object, errors).child("metadata", "finalizers");
        for (Field finalizer : finalizers.items()) {
            if (!finalizer.text().contains("/")
                    && !STANDARD_FINALIZERS.contains(finalizer.text())) {
                finalizer.invalid(
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
        return errors;
    }

    private static void noNewFinalizers(Field finalizers, Field before) {
        var added = new TreeSet<>(finalizers.texts());
        before.texts().forEach(added::remove);
        if (!added.isEmpty()) {
            String listed =
                    added.stream()
                            .map(GoText::quote)
                            .collect(Collectors.joining(", ", "[]string{", "}"));
            finalizers.forbidden(
                    "no new finalizers can be added if the object is being deleted, found new"
                            + " finalizers "
                            + listed);
        }
    }

    private static void managedFields(Field entries) {
        for (Field entry : entries.items()) {
            String operation = entry.text("operation");
            if (!operation.equals("Apply") && !operation.equals("Update")) {
                entry.child("operation").invalid("must be `Apply` or `Update`");
            }
            String type = entry.text("fieldsType");
            if (!type.isEmpty() && !type.equals("FieldsV1")) {
                entry.child("fieldsType").invalid("must be `FieldsV1`");
            }
            if (Names.bytes(entry.text("manager")) > MANAGER_BYTES) {
                entry.child("manager").tooLong(MANAGER_BYTES);
            }
            if (Names.bytes(entry.text("subresource")) > SUBRESOURCE_BYTES) {
                entry.child("subresource").tooLong(SUBRESOURCE_BYTES);
            }
        }
    }
}
