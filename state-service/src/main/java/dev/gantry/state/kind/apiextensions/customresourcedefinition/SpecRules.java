package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.condition.Conditions;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code ValidateCustomResourceDefinitionSpec} and {@code …SpecUpdate}. */
final class SpecRules {
    private static final int LONGEST_WARNING = 256;

    private SpecRules() {}

    static void check(Field spec) {
        group(spec.child("group"));
        spec.child("scope").oneOf(List.of("Cluster", "Namespaced"));
        Versions versions = new Versions(spec);
        versions(versions);
        Field names = spec.child("names");
        for (String each : List.of("plural", "singular", "kind", "listKind")) {
            if (names.text(each).isEmpty()) {
                names.child(each).required("");
            }
        }
        NamesRules.check(names);
        VersionRules.check(versions);
        ConversionRules.check(spec.child("conversion"));
        if (spec.child("preserveUnknownFields").isTrue()) {
            spec.child("preserveUnknownFields")
                    .invalid(
                            "cannot set to true, set x-kubernetes-preserve-unknown-fields to true"
                                    + " in spec.versions[*].schema instead");
        }
    }

    /** What objects are stored by stays as it is. */
    static void checkUnchanged(Field spec, ObjectNode stored) {
        JsonNode before = stored.path("spec");
        if (Conditions.isTrue(stored.path("status").path("conditions"), "Established")) {
            spec.child("scope").immutable(before.path("scope"));
            spec.child("names", "kind").immutable(before.path("names").path("kind"));
        }
        spec.child("group").immutable(before.path("group"));
        spec.child("names", "plural").immutable(before.path("names").path("plural"));
    }

    private static void group(Field group) {
        List<String> wrong = Names.dnsSubdomain(group.text());
        if (group.text().isEmpty()) {
            group.required("");
        } else if (!wrong.isEmpty()) {
            group.invalid(String.join(",", wrong));
        } else if (!group.text().contains(".")) {
            group.invalid("should be a domain with at least one dot");
        }
    }

    private static void versions(Versions versions) {
        versions.all().forEach(SpecRules::schemaIsThere);
        Set<String> names = new HashSet<>();
        boolean isUnique = true;
        int stored = 0;
        for (Field version : versions.all()) {
            isUnique &= names.add(version.text("name"));
            stored += version.child("storage").isTrue() ? 1 : 0;
            name(version.child("name"));
            deprecation(version);
        }
        Field list = versions.spec().child("versions");
        if (!isUnique) {
            list.invalidAs(versions.text(), "must contain unique version names");
        }
        if (stored != 1) {
            list.invalidAs(
                    versions.text(), "must have exactly one version marked as storage version");
        }
        versions.all().stream()
                .limit(1)
                .map(first -> first.child("name").at("spec.version"))
                .filter(name -> !name.isEmpty())
                .forEach(SpecRules::name);
    }

    /** Compat: upstream's internal type says the name of the first version once more. */
    private static void name(Field name) {
        List<String> wrong = Names.dns1035Label(name.text());
        if (!wrong.isEmpty()) {
            name.invalid(String.join(",", wrong));
        }
    }

    private static void schemaIsThere(Field version) {
        Field schema = version.child("schema", "openAPIV3Schema");
        if (!schema.isSet()) {
            schema.required("");
        }
    }

    private static void deprecation(Field version) {
        Field warning = version.child("deprecationWarning");
        if (!warning.isSet()) {
            return;
        }
        if (!version.child("deprecated").isTrue()) {
            warning.invalid("can only be set for deprecated versions");
            return;
        }
        int length = warning.text().length();
        if (length > LONGEST_WARNING) {
            warning.invalid("must be <= 256 characters long");
        } else if (length == 0) {
            warning.invalid("must not be an empty string");
        }
        if (!warning.text().codePoints().allMatch(SpecRules::isPrintable)) {
            warning.invalid(
                    "must only contain printable UTF-8 characters; non-printable character found");
        }
    }

    private static boolean isPrintable(int character) {
        return !Character.isISOControl(character);
    }
}
