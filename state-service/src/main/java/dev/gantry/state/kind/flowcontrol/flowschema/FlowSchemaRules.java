package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Names;
import java.util.List;

/** Compat: {@code ValidateFlowSchemaSpec}. */
final class FlowSchemaRules {
    private static final int MOST_PRECEDENCE = 10_000;
    private static final List<String> METHODS = List.of("ByNamespace", "ByUser");
    private static final List<String> SUBJECTS = List.of("Group", "ServiceAccount", "User");

    private FlowSchemaRules() {}

    static void check(String name, Field spec) {
        Field precedence = spec.child("matchingPrecedence");
        long number = precedence.number();
        if (number <= 0) {
            precedence.invalidNumber("must be a positive value");
        }
        if (number > MOST_PRECEDENCE) {
            precedence.invalid("must not be greater than " + MOST_PRECEDENCE);
        }
        if (number == 1 && !name.equals(MandatorySchemas.EXEMPT)) {
            precedence.invalid("only the schema named 'exempt' may have matchingPrecedence 1");
        }
        Field method = spec.child("distinguisherMethod");
        if (method.isSet() && !METHODS.contains(method.text("type"))) {
            method.child("type")
                    .notSupportedAs(
                            new GoStruct(method.value()).text("Type", "type").toString(), METHODS);
        }
        Field level = spec.child("priorityLevelConfiguration", "name");
        if (level.isEmpty()) {
            level.required("must reference a priority level");
        } else {
            level.invalidFor(Names.dnsSubdomain(level.text()));
        }
        spec.child("rules").items().forEach(FlowSchemaRules::rule);
    }

    private static void rule(Field rule) {
        Field subjects = rule.child("subjects");
        if (subjects.isEmpty()) {
            subjects.required("subjects must contain at least one value");
        }
        subjects.items().forEach(FlowSchemaRules::subject);
        Field resources = rule.child("resourceRules");
        Field others = rule.child("nonResourceRules");
        if (resources.isEmpty() && others.isEmpty()) {
            rule.required("at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        resources.items().forEach(RequestRules::resources);
        others.items().forEach(RequestRules::paths);
    }

    private static void subject(Field subject) {
        Field account = subject.child("serviceAccount");
        Field user = subject.child("user");
        Field group = subject.child("group");
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                if (needed(account, "ServiceAccount")) {
                    account(account);
                }
                forbidden(user, "User");
                forbidden(group, "Group");
            }
            case "User" -> {
                named(user, "User");
                forbidden(account, "ServiceAccount");
                forbidden(group, "Group");
            }
            case "Group" -> {
                named(group, "Group");
                forbidden(account, "ServiceAccount");
                forbidden(user, "User");
            }
            default -> {
                Field kind = subject.child("kind");
                kind.notSupportedText(kind.text(), SUBJECTS);
            }
        }
    }

    private static boolean needed(Field part, String kind) {
        if (!part.isSet()) {
            part.required("%s is required when subject kind is '%s'".formatted(nameOf(kind), kind));
        }
        return part.isSet();
    }

    private static void named(Field part, String kind) {
        if (needed(part, kind) && part.child("name").isEmpty()) {
            part.child("name").required("");
        }
    }

    private static void forbidden(Field part, String kind) {
        if (part.isSet()) {
            part.forbidden(
                    "%s is forbidden when subject kind is not '%s'".formatted(nameOf(kind), kind));
        }
    }

    private static String nameOf(String kind) {
        return Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
    }

    private static void account(Field account) {
        Field name = account.child("name");
        Field namespace = account.child("namespace");
        if (name.isEmpty()) {
            name.required("");
        } else if (!name.text().equals("*")) {
            name.invalidFor(Names.dnsSubdomain(name.text()));
        }
        if (namespace.isEmpty()) {
            namespace.required("must specify namespace for service account");
        } else {
            namespace.invalidFor(Names.dnsLabel(namespace.text()));
        }
    }
}
