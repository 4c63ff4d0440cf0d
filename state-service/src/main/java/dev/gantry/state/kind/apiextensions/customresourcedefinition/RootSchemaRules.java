package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import java.util.List;
import java.util.Set;

/**
 * The schema of a version as a whole.
 *
 * <p>Compat: {@code validateCustomResourceDefinitionValidation}: whether it is structural, then its
 * defaults, then its words, and its rules where all before was sound.
 */
final class RootSchemaRules {
    private static final Set<String> WITH_STATUS =
            Set.of(
                    "description",
                    "type",
                    "format",
                    "title",
                    "maximum",
                    "exclusiveMaximum",
                    "minimum",
                    "exclusiveMinimum",
                    "maxLength",
                    "minLength",
                    "pattern",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                    "multipleOf",
                    "required",
                    "items",
                    "properties",
                    "externalDocs",
                    "example",
                    "x-kubernetes-preserve-unknown-fields",
                    "x-kubernetes-validations");
    private static final List<String> TOLD =
            List.of(
                    "Description",
                    "Type",
                    "Format",
                    "Title",
                    "Maximum",
                    "ExclusiveMaximum",
                    "Minimum",
                    "ExclusiveMinimum",
                    "MaxLength",
                    "MinLength",
                    "Pattern",
                    "MaxItems",
                    "MinItems",
                    "UniqueItems",
                    "MultipleOf",
                    "Required",
                    "Items",
                    "Properties",
                    "ExternalDocs",
                    "Example",
                    "XPreserveUnknownFields",
                    "XValidations");

    private RootSchemaRules() {}

    static void check(Field schema, Versions versions) {
        if (!schema.isSet()) {
            return;
        }
        int first = schema.errors().size();
        boolean hasStatus =
                versions.all().stream().anyMatch(each -> each.child("subresources").has("status"));
        if (hasStatus) {
            withStatus(schema);
        }
        if (schema.child("nullable").isTrue()) {
            schema.child("nullable").forbidden("nullable cannot be true at the root");
        }
        boolean isConvertible = SchemaRules.isConvertible(schema);
        boolean isSound = isConvertible && hasSoundForm(schema);
        int before = schema.errors().size();
        SchemaRules.check(schema);
        if (isSound && schema.errors().size() == before) {
            ExpressionRules.check(schema);
        }
        if (!isConvertible && schema.errors().size() == first) {
            // Compat: of the words that are not converted, the only one that is not forbidden, too.
            schema.invalidText("", "OpenAPIV3Schema 'schema' is not supported");
        }
    }

    /** Whether the form is that of a structural schema, with defaults that it takes itself. */
    private static boolean hasSoundForm(Field schema) {
        int before = schema.errors().size();
        StructuralFormRules.check(schema);
        if (schema.errors().size() == before) {
            DefaultRules.check(schema);
        }
        return schema.errors().size() == before;
    }

    private static void withStatus(Field schema) {
        if (schema.has("type") && !schema.text("type").equals("object")) {
            schema.child("type")
                    .invalid(
                            "only \"object\" is allowed as the type at the root of the schema if"
                                    + " the status subresource is enabled");
            return;
        }
        boolean isAllowed = WITH_STATUS.containsAll(List.copyOf(schema.value().propertyNames()));
        if (!isAllowed) {
            schema.invalidAs(
                    GoText.of(schema.value()),
                    "only [%s] fields are allowed at the root of the schema if the status"
                                    .formatted(String.join(" ", TOLD))
                            + " subresource is enabled");
        }
    }
}
