package dev.gantry.state.kind.admissionregistration.policybinding;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.admissionregistration.rule.MatchRules;
import dev.gantry.state.kind.admissionregistration.rule.ParamRules;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/admissionregistration/validatingadmissionpolicybinding}. */
enum PolicyBindingStrategy implements Strategy {
    VALIDATING,
    MUTATING;

    static final Printer PRINTER =
            PlainPrinter.of(
                    (object, row) ->
                            row.add(text(object.path("spec"), "policyName"))
                                    .add(parameters(object.at("/spec/paramRef"))),
                    Column.text("PolicyName", "The policy that is put in force."),
                    Column.text("ParamRef", "Its parameters."));

    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

    @Override
    public void setDefaults(ObjectNode object) {
        MatchRules.setDefaults(object.path("spec"), "matchResources");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        Field policy = spec.child("policyName");
        if (policy.isEmpty()) {
            policy.required("");
        } else {
            policy.invalidFor(Names.dnsSubdomain(policy.text()));
        }
        ParamRules.reference(spec.child("paramRef"));
        Field match = spec.child("matchResources");
        MatchRules.check(match);
        if (this == VALIDATING) {
            actions(spec.child("validationActions"));
        } else {
            MatchRules.onlyMutable(match);
        }
        return errors;
    }

    private static void actions(Field actions) {
        Set<String> seen = new HashSet<>();
        for (Field each : actions.items()) {
            if (!seen.add(each.text())) {
                each.duplicate();
            } else if (!ACTIONS.contains(each.text())) {
                each.notSupportedText(each.text(), ACTIONS);
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            actions.invalid(
                    "must not contain both Deny and Warn (repeating the same validation failure"
                            + " information in the API response and headers serves no purpose)");
        }
        if (seen.isEmpty()) {
            actions.required("at least one validation action is required");
        }
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** Compat: {@code printValidatingAdmissionPolicyBinding}. */
    private static String parameters(JsonNode reference) {
        if (!reference.isObject()) {
            return "<unset>";
        }
        String namespace = text(reference, "namespace");
        String name = text(reference, "name");
        if (!name.isEmpty()) {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }
        return reference.has("selector") ? reference.path("selector").toString() : "<unset>";
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
