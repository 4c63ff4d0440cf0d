package dev.gantry.state.kind.batch.cronjob;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.batch.job.JobStrategy;
import dev.gantry.state.kind.batch.job.JobWarnings;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/batch/cronjob}. */
public final class CronJobStrategy implements Strategy {
    private static final int SUCCESSFUL_KEPT = 3;

    @Override
    public DisabledFields disabledFields() {
        return PodTemplateRules.DISABLED.under("spec", "jobTemplate", "spec", "template");
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        Defaults.text(spec, "concurrencyPolicy", "Allow");
        Defaults.flag(spec, "suspend", false);
        Defaults.number(spec, "successfulJobsHistoryLimit", SUCCESSFUL_KEPT);
        Defaults.number(spec, "failedJobsHistoryLimit", 1);
        JobStrategy.templateDefaults(Resource.child(Resource.child(spec, "jobTemplate"), "spec"));
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field job = Field.root(object, errors);
        CronJobRules.spec(job.child("spec"), MissingNode.getInstance());
        CronJobRules.name(job.child("metadata", "name"));
        return errors;
    }

    /** Compat: a name that is too long does not stop what was stored with it. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        CronJobRules.spec(Field.root(updated, errors).child("spec"), stored.path("spec"));
        return InitRestartRules.unlessStored(
                errors, stored.at("/spec/jobTemplate/spec/template/spec"));
    }

    @Override
    public Warned warned() {
        return Warned.WITH_EACH_GENERATION;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        List<String> warnings = new ArrayList<>(JobWarnings.ofName(new Resource(object).name()));
        warnings.addAll(
                JobWarnings.ofSpec(object.at("/spec/jobTemplate/spec"), "spec.jobTemplate.spec"));
        return warnings;
    }
}
