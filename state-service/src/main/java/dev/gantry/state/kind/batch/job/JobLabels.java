package dev.gantry.state.kind.batch.job;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels by which a Job knows its pods, unless it is told to use others: its name and its uid.
 *
 * <p>Compat: {@code generateSelector} and {@code validateGeneratedSelector}. The names without a
 * prefix are older.
 */
final class JobLabels {
    private static final String OLD_UID = "controller-uid";
    private static final String OLD_NAME = "job-name";
    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";

    private JobLabels() {}

    /** What is there stays as it is: where it is wrong, validation says so. */
    static void generate(ObjectNode job) {
        Resource resource = new Resource(job);
        ObjectNode spec = Resource.child(job, "spec");
        ObjectNode metadata = Resource.child(Resource.child(spec, "template"), "metadata");
        boolean isTakenOver = isTakenOver(resource, metadata);
        ObjectNode labels = Resource.child(metadata, "labels");
        for (String name : List.of(OLD_NAME, NAME)) {
            putIfAbsent(labels, name, resource.name());
        }
        for (String uid : List.of(OLD_UID, UID)) {
            putIfAbsent(labels, uid, resource.uid().value());
        }
        putIfAbsent(
                Resource.child(Resource.child(spec, "selector"), "matchLabels"),
                UID,
                resource.uid().value());
        if (isTakenOver) {
            resource.mutableMetadata().set("labels", labels.deepCopy());
        }
    }

    /** Compat: labels that a Job has from its template only are the template's to the end. */
    private static boolean isTakenOver(Resource job, ObjectNode template) {
        return job.labels().isEmpty()
                || job.metadata().path("labels").equals(template.path("labels"));
    }

    private static void putIfAbsent(ObjectNode labels, String name, String value) {
        if (!labels.has(name)) {
            labels.put(name, value);
        }
    }

    /**
     * @param needsPrefixed whether labels with a prefix must be there, too
     */
    static void check(Field job, boolean needsPrefixed) {
        Field spec = job.child("spec");
        Field selector = spec.child("selector");
        if (spec.child("manualSelector").isTrue() || !selector.isSet()) {
            return;
        }
        String uid = job.child("metadata").text("uid");
        String name = job.child("metadata").text("name");
        if (uid.isEmpty()) {
            job.child("metadata", "uid").required("");
        }
        Field labels = spec.child("template", "metadata").child("labels");
        TreeMap<String, String> expected = new TreeMap<>();
        has(labels, OLD_UID, uid, expected);
        has(labels, OLD_NAME, name, expected);
        if (needsPrefixed) {
            has(labels, UID, uid, expected);
            has(labels, NAME, name, expected);
        }
        if (LabelRules.isUsable(selector)
                && !LabelSelector.of(selector.value()).selects(expected)) {
            selector.invalidAs(LabelRules.shown(selector), "`selector` not auto-generated");
        }
    }

    /** Whether the template of a stored Job has the labels with a prefix. */
    static boolean arePrefixed(ObjectNode stored) {
        var labels = stored.path("spec").path("template").path("metadata").path("labels");
        return labels.has(UID) && labels.has(NAME);
    }

    /** Compat: {@code ValidateHasLabel}. */
    private static void has(
            Field labels, String name, String value, TreeMap<String, String> expected) {
        expected.put(name, value);
        if (!labels.has(name)) {
            labels.at(labels.path() + "[" + name + "]").required("must be '" + value + "'");
        } else if (!labels.text(name).equals(value)) {
            labels.at(labels.path() + "[" + name + "]")
                    .invalidAs(TemplateOwnerRules.shown(labels), "must be '" + value + "'");
        }
    }
}
