package dev.gantry.state.kind.admissionregistration.rule;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which requests a policy or a binding is about. Compat: {@code validateMatchResources}. */
public final class MatchRules {
    private static final List<String> POLICIES = List.of("Equivalent", "Exact");

    private static final List<String> MUTABLE = List.of("*", "CONNECT", "CREATE", "UPDATE");

    private MatchRules() {}

    /** Of the object under {@code name}, where there is one. */
    public static void setDefaults(JsonNode spec, String name) {
        Defaults.within(spec, name, MatchRules::setDefaults);
    }

    private static void setDefaults(ObjectNode match) {
        Defaults.pointer(match, "matchPolicy", "Equivalent");
        Resource.child(match, "namespaceSelector");
        Resource.child(match, "objectSelector");
        RuleRules.setDefaults(match.path("resourceRules"));
        RuleRules.setDefaults(match.path("excludeResourceRules"));
    }

    /**
     * @param match absent where it may be
     */
    public static void check(Field match) {
        if (!match.isSet()) {
            return;
        }
        Field policy = match.child("matchPolicy");
        if (!POLICIES.contains(policy.text())) {
            policy.notSupportedText(policy.text(), POLICIES);
        }
        LabelRules.selector(match.child("namespaceSelector"));
        LabelRules.selector(match.child("objectSelector"));
        match.child("resourceRules").items().forEach(MatchRules::rule);
        match.child("excludeResourceRules").items().forEach(MatchRules::rule);
    }

    /** What is deleted cannot be changed. Compat: the path that upstream gives. */
    public static void onlyMutable(Field match) {
        Field rules = match.child("resourceRules");
        for (Field rule : rules.items()) {
            for (Field operation : rule.child("operations").items()) {
                if (!MUTABLE.contains(operation.text())) {
                    rules.child("operations").notSupportedText(operation.text(), MUTABLE);
                }
            }
        }
    }

    private static void rule(Field rule) {
        Set<String> names = new HashSet<>();
        for (Field each : rule.child("resourceNames").items()) {
            each.invalidFor(Names.pathSegment(each.text()));
            if (!names.add(each.text())) {
                each.duplicate();
            }
        }
        RuleRules.check(rule);
    }
}
