package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.schema.structural.FieldReference;
import dev.gantry.state.table.SimplePath;
import dev.gantry.state.validation.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a version says of the schema, the subresources, the columns and the selectable fields. */
final class VersionRules {
    private static final List<String> TYPES =
            List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
    private static final int MOST_SELECTABLE = 8;

    private VersionRules() {}

    static void check(Versions versions) {
        versions.each(
                "schema",
                "validation",
                schema -> RootSchemaRules.check(schema.child("openAPIV3Schema"), versions));
        versions.each("subresources", "subresources", VersionRules::subresources);
        versions.each(
                "additionalPrinterColumns",
                "additionalPrinterColumns",
                columns -> columns.items().forEach(VersionRules::column));
        for (Field version : versions.all()) {
            JsonNode schema = version.value().path("schema").path("openAPIV3Schema");
            Field fields = version.child("selectableFields");
            selectable(
                    versions.isShared("selectableFields") && versions.isShared("schema")
                            ? fields.at("spec.selectableFields")
                            : fields,
                    schema);
            if (versions.isShared("selectableFields") && versions.isShared("schema")) {
                return;
            }
        }
    }

    private static void subresources(Field subresources) {
        Field scale = subresources.child("scale");
        if (!scale.isSet()) {
            return;
        }
        path(scale.child("specReplicasPath"), "should be a json path under .spec", ".spec");
        path(scale.child("statusReplicasPath"), "should be a json path under .status", ".status");
        Field selector = scale.child("labelSelectorPath");
        if (!selector.isEmpty()) {
            path(
                    selector,
                    "should be a json path under either .spec or .status",
                    ".spec",
                    ".status");
        }
    }

    private static void path(Field path, String why, String... roots) {
        if (path.text().isEmpty()) {
            path.required("");
            return;
        }
        if (!path.text().startsWith(".")) {
            path.invalid("must be a simple json path starting with .");
            return;
        }
        if (!SimplePath.isPlain(path.text())) {
            path.invalid("should be a simple json path");
            return;
        }
        for (String root : roots) {
            if (path.text().startsWith(root + ".") && path.text().length() > root.length() + 1) {
                return;
            }
        }
        path.invalid(why);
    }

    private static void column(Field column) {
        if (column.text("name").isEmpty()) {
            column.child("name").required("");
        }
        Field type = column.child("type");
        if (type.text().isEmpty()) {
            type.required("must be one of " + String.join(",", TYPES));
        } else if (!TYPES.contains(type.text())) {
            type.invalid("must be one of " + String.join(",", TYPES));
        }
        Field format = column.child("format");
        if (!format.isEmpty() && !FORMATS.contains(format.text())) {
            format.invalid("must be one of " + String.join(",", FORMATS));
        }
        Field path = column.child("jsonPath").at(column.path() + ".JSONPath");
        if (path.text().isEmpty()) {
            path.required("");
        } else if (!path.text().startsWith(".")) {
            path.invalid("must be a simple json path starting with .");
        }
    }

    private static void selectable(Field fields, JsonNode schema) {
        if (fields.items().size() > MOST_SELECTABLE) {
            fields.tooMany(fields.items().size(), MOST_SELECTABLE);
        }
        Set<String> seen = new HashSet<>();
        for (Field each : fields.items()) {
            Field path = each.child("jsonPath");
            if (path.text().isEmpty()) {
                path.required("");
                continue;
            }
            Optional<String> wrong = FieldReference.problem(path.text(), schema);
            if (!seen.add(path.text())) {
                path.duplicate();
            } else if (wrong.isPresent()) {
                path.invalid(wrong.get());
            }
        }
    }
}
