package dev.gantry.state.kind.batch.job;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.defaults.PodDefaults;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/batch/job} and {@code pkg/apis/batch/v1/defaults.go}. */
public final class JobStrategy implements Strategy {
    private static final int BACKOFF_LIMIT = 6;

    @Override
    public DisabledFields disabledFields() {
        return PodTemplateRules.DISABLED.under("spec", "template");
    }

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Resource.child(object, "spec");
        if (!spec.hasNonNull("completions") && !spec.hasNonNull("parallelism")) {
            spec.put("completions", 1);
        }
        Defaults.number(spec, "parallelism", 1);
        boolean countsPerIndex = spec.hasNonNull("backoffLimitPerIndex");
        Defaults.number(spec, "backoffLimit", countsPerIndex ? Integer.MAX_VALUE : BACKOFF_LIMIT);
        ObjectNode template = Resource.child(spec, "template");
        takeLabels(object, template);
        if (!spec.hasNonNull("completionMode")) {
            spec.put("completionMode", "NonIndexed");
        }
        Defaults.flag(spec, "suspend", false);
        if (!spec.hasNonNull("podReplacementPolicy")) {
            spec.put(
                    "podReplacementPolicy",
                    spec.hasNonNull("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        }
        Defaults.flag(spec, "manualSelector", false);
        templateDefaults(spec);
    }

    /** What a Job and the template of one have in common. */
    public static void templateDefaults(ObjectNode spec) {
        PodDefaults.setSpecDefaults(Resource.child(Resource.child(spec, "template"), "spec"));
        Defaults.each(
                spec.path("podFailurePolicy").path("rules"),
                rule ->
                        Defaults.each(
                                rule.path("onPodConditions"),
                                pattern -> Defaults.text(pattern, "status", "True")));
    }

    private static void takeLabels(ObjectNode object, ObjectNode template) {
        boolean hasLabels =
                template.path("metadata").path("labels") instanceof ObjectNode labels
                        && !labels.isEmpty();
        if (hasLabels && new Resource(object).labels().isEmpty()) {
            Resource.child(object, "metadata")
                    .set("labels", template.path("metadata").path("labels").deepCopy());
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        if (!object.path("spec").path("manualSelector").asBoolean(false)) {
            JobLabels.generate(object);
        }
        object.putObject("status");
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
    }

    @Override
    public Optional<String> deletionWarning() {
        return Optional.of(
                "child pods are preserved by default when jobs are deleted; set"
                        + " propagationPolicy=Background to remove them or set"
                        + " propagationPolicy=Orphan to suppress this warning");
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
        return validate(object, true);
    }

    private static List<FieldError> validate(ObjectNode object, boolean needsPrefixed) {
        List<FieldError> errors = new ArrayList<>();
        Field job = Field.root(object, errors);
        JobLabels.check(job, needsPrefixed);
        JobRules.check(job);
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated, JobLabels.arePrefixed(stored));
        JobUpdateRules.check(Field.root(updated, errors).child("spec"), stored);
        return InitRestartRules.unlessStored(errors, stored.at("/spec/template/spec"));
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        JobStatusRules.check(Field.root(updated, errors), stored);
        return errors;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of(
                "status.successful",
                Integer.toString(object.path("status").path("succeeded").asInt(0)));
    }

    @Override
    public boolean orphansDependents() {
        return true;
    }

    @Override
    public Warned warned() {
        return Warned.WITH_EACH_GENERATION;
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        List<String> warnings = new ArrayList<>(JobWarnings.ofName(new Resource(object).name()));
        warnings.addAll(JobWarnings.ofSpec(object.path("spec"), "spec"));
        return warnings;
    }
}
