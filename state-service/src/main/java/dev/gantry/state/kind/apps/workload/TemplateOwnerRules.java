package dev.gantry.state.kind.apps.workload;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Rules;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Selector and template of a kind that keeps pods running. Compat: {@code apps/validation}. */
public final class TemplateOwnerRules {
    private TemplateOwnerRules() {}

    /** The selector, and the template that must match it. */
    public static void selectorAndTemplate(Field spec) {
        Field selector = selector(spec, "deployment");
        if (!LabelRules.isUsable(selector)) {
            selector.invalidAs(LabelRules.shown(selector), "invalid label selector");
            return;
        }
        template(spec.child("template"), selector);
    }

    /**
     * The selector, which must select something.
     *
     * @param kind as upstream's message calls it
     */
    public static Field selector(Field spec, String kind) {
        Field selector = spec.child("selector");
        if (!selector.isSet()) {
            selector.required("");
            return selector;
        }
        LabelRules.selector(selector);
        boolean isEmpty =
                selector.child("matchLabels").isEmpty()
                        && selector.child("matchExpressions").isEmpty();
        if (isEmpty) {
            selector.invalidAs(LabelRules.shown(selector), "empty selector is invalid for " + kind);
        }
        return selector;
    }

    /** The labels of the template must be those that the selector wants. */
    public static void selected(Field template, Field selector) {
        if (!matches(selector, template.value())) {
            Field labels = template.child("metadata", "labels");
            labels.invalidAs(shown(labels), "`selector` does not match template `labels`");
        }
    }

    /** Compat: a map is printed in the order of its keys. */
    public static String shown(Field labels) {
        if (!labels.isSet()) {
            return "null";
        }
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        labels.entries().forEach((name, entry) -> sorted.set(name, entry.value()));
        return sorted.toString();
    }

    private static void template(Field template, Field selector) {
        selected(template, selector);
        PodTemplateRules.check(template);
        Field restart = template.child("spec", "restartPolicy");
        if (!restart.text().equals("Always")) {
            restart.notSupported(List.of("Always"));
        }
        Field deadline = template.child("spec", "activeDeadlineSeconds");
        if (deadline.isSet()) {
            deadline.forbidden("activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    /** Compat: an absent selector matches nothing, an empty one everything. */
    private static boolean matches(Field selector, JsonNode template) {
        if (!selector.isSet()) {
            return false;
        }
        SortedMap<String, String> labels =
                template instanceof ObjectNode object
                        ? new Resource(object).labels()
                        : new TreeMap<>();
        return LabelSelector.of(selector.value()).selects(labels);
    }

    /** Counts of a status: none negative, and no part more than the whole. */
    public static void counts(Field status, List<String> nonNegative, List<String> parts) {
        counts(status, nonNegative, parts, "cannot be greater than readyReplicas");
    }

    /**
     * @param unready what is said where more pods are available than ready
     */
    public static void counts(
            Field status, List<String> nonNegative, List<String> parts, String unready) {
        nonNegative.forEach(each -> status.child(each).nonNegative());
        long whole = status.child("replicas").number();
        for (String part : parts) {
            if (status.child(part).number() > whole) {
                status.child(part).invalidNumber("cannot be greater than status.replicas");
            }
        }
        Field available = status.child("availableReplicas");
        if (available.number() > status.child("readyReplicas").number()) {
            available.invalidNumber(unready);
        }
    }

    /** A count of collisions only grows. {@code before} is the status until now. */
    public static void neverDecremented(Field collisions, JsonNode before) {
        JsonNode old = before.path("collisionCount");
        boolean isDecremented =
                old.isNumber() && (!collisions.isSet() || collisions.number() < old.asLong(0));
        if (isDecremented) {
            collisions.invalidNumber("cannot be decremented");
        }
    }

    /** How pods are replaced, as Go prints it: an amount that is not there is zero. */
    public static String shownStrategy(Field strategy) {
        Field rolling = strategy.child("rollingUpdate");
        String parameters = "null";
        if (rolling.isSet()) {
            parameters =
                    new GoStruct(rolling.value())
                            .put("MaxUnavailable", amount(rolling.child("maxUnavailable")))
                            .put("MaxSurge", amount(rolling.child("maxSurge")))
                            .toString();
        }
        return new GoStruct(strategy.value())
                .text("Type", "type")
                .put("RollingUpdate", parameters)
                .toString();
    }

    private static String amount(Field field) {
        return field.isSet() ? GoText.of(field.value()) : "0";
    }

    /** A number of pods, or a share of them in percent. */
    public static void countOrPercent(Field field) {
        if (field.value().isString()) {
            field.invalidFor(KeyNames.percent(field.text()));
        } else if (field.number() < 0) {
            field.invalid(Rules.NEGATIVE);
        }
    }

    /** The number or the percentage, without its unit; zero where it is neither. */
    public static long amountOf(Field field) {
        String text = field.text();
        if (text.endsWith("%")) {
            try {
                return Long.parseLong(text.substring(0, text.length() - 1));
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
        return field.number();
    }
}
