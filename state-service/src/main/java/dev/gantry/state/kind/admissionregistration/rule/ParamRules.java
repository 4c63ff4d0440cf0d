package dev.gantry.state.kind.admissionregistration.rule;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Locale;

/** The parameters of a policy. Compat: {@code validateParamKind}, {@code validateParamRef}. */
public final class ParamRules {
    private static final List<String> ACTIONS = List.of("Deny", "Allow");

    private ParamRules() {}

    public static void kind(Field kind) {
        if (!kind.isSet()) {
            return;
        }
        Field version = kind.child("apiVersion");
        if (version.isEmpty()) {
            version.required("");
        } else {
            groupVersion(version);
        }
        Field name = kind.child("kind");
        if (name.isEmpty()) {
            name.required("");
            return;
        }
        List<String> wrong = Names.dns1035Label(name.text().toLowerCase(Locale.ROOT));
        if (!wrong.isEmpty()) {
            name.invalid(
                    "may have mixed case, but should otherwise match: " + String.join(",", wrong));
        }
    }

    private static void groupVersion(Field field) {
        String text = field.text();
        List<String> parts = List.of(text.split("/", -1));
        if (parts.size() > 2) {
            field.invalid("unexpected GroupVersion string: " + text);
            return;
        }
        String group = parts.size() == 2 ? parts.getFirst() : "";
        String version = parts.getLast();
        List<String> wrongGroup = group.isEmpty() ? List.of() : Names.dnsSubdomain(group);
        if (!wrongGroup.isEmpty()) {
            field.invalidText(group, String.join(",", wrongGroup));
        }
        List<String> wrongVersion = Names.dns1035Label(version);
        if (version.isEmpty()) {
            field.invalid("version must be specified");
        } else if (!wrongVersion.isEmpty()) {
            field.invalidText(version, String.join(",", wrongVersion));
        }
    }

    public static void reference(Field reference) {
        if (!reference.isSet()) {
            return;
        }
        Field name = reference.child("name");
        Field selector = reference.child("selector");
        boolean isBoth = !name.isEmpty() && selector.isSet();
        if (!name.isEmpty()) {
            name.invalidFor(Names.pathSegment(name.text()));
        }
        if (isBoth) {
            name.forbidden("name and selector are mutually exclusive");
        }
        LabelRules.selector(selector);
        if (isBoth) {
            selector.forbidden("name and selector are mutually exclusive");
        }
        if (name.isEmpty() && !selector.isSet()) {
            reference.required("one of name or selector must be specified");
        }
        Field action = reference.child("parameterNotFoundAction");
        if (action.isEmpty()) {
            action.required("");
        } else if (!ACTIONS.contains(action.text())) {
            action.notSupportedText(action.text(), ACTIONS);
        }
    }
}
