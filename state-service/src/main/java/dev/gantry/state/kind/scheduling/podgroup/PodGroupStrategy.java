package dev.gantry.state.kind.scheduling.podgroup;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.kind.scheduling.policy.GroupPolicyRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.ConditionRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/scheduling/podgroup}. */
final class PodGroupStrategy implements Strategy {
    private static final String DISRUPTION_MODE = "disruptionMode";
    private static final String POD = "Pod";
    private static final DisabledFields DISABLED =
            GroupPolicyRules.DISABLED.under("spec").and("status.resourceClaimStatuses");

    @Override
    public DisabledFields disabledFields() {
        return DISABLED;
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.SPEC_AND_METADATA;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", spec -> Defaults.text(spec, DISRUPTION_MODE, POD));
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        Strategy.super.prepareForCreate(object);
        dropMode(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Strategy.super.prepareForUpdate(updated, stored);
        dropMode(updated);
    }

    /** Compat: it belongs to a feature that is off, and what is dropped is its default again. */
    private static void dropMode(ObjectNode object) {
        Resource.child(object, "spec").put(DISRUPTION_MODE, POD);
    }

    /** Compat: its reset fields are those of another version, so that none counts. */
    @Override
    public Scope.Reset reset() {
        return Scope.Reset.NOTHING;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        if (spec.has("podGroupTemplateRef")) {
            template(spec.child("podGroupTemplateRef"));
        }
        GroupPolicyRules.check(spec.child("schedulingPolicy"));
        return errors;
    }

    private static void template(Field reference) {
        Field workload = reference.child("workload");
        if (!workload.isSet()) {
            reference.invalidText("", "must specify one of: `workload`");
            return;
        }
        Field name = workload.child("workloadName");
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsSubdomain(name.text()));
        }
        Field template = workload.child("podGroupTemplateName");
        if (template.isEmpty()) {
            template.required("");
        } else {
            template.invalidFor(Names.dnsLabel(template.text()));
        }
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(updated, errors).child("spec");
        for (String name : List.of("podGroupTemplateRef", "schedulingPolicy")) {
            GroupPolicyRules.immutable(spec.child(name), stored.path("spec").path(name));
        }
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        ConditionRules.check(Field.root(updated, errors).child("status", "conditions"));
        return errors;
    }
}
