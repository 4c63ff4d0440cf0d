package dev.gantry.state.kind.batch.job;

import dev.gantry.state.kind.apps.workload.TemplateOwnerRules;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.List;

/** Compat: {@code ValidateJob} and {@code validateJobSpec}. */
public final class JobRules {
    private static final List<String> MODES = List.of("NonIndexed", "Indexed");
    private static final String RESTARTS = "valid values: \"OnFailure\", \"Never\"";

    private JobRules() {}

    /** A Job, of which the labels have been looked at already. */
    static void check(Field job) {
        Field spec = job.child("spec");
        checkSpec(spec);
        long completions = spec.child("completions").number();
        if (isIndexed(spec) && completions > 0) {
            Field name = job.child("metadata", "name");
            String host = name.text() + "-" + (completions - 1);
            if (!Names.dnsLabel(host).isEmpty()) {
                name.invalid("will not able to create pod with invalid DNS label: " + host);
            }
        }
    }

    static void checkSpec(Field spec) {
        spec(spec);
        Field selector = spec.child("selector");
        if (selector.isSet()) {
            LabelRules.selector(selector);
        } else {
            selector.required("");
        }
        if (LabelRules.isUsable(selector)) {
            TemplateOwnerRules.selected(spec.child("template"), selector);
        }
    }

    static boolean isIndexed(Field spec) {
        return spec.text("completionMode").equals("Indexed");
    }

    /** The template of the Jobs that a CronJob makes. */
    public static void template(Field template) {
        Field spec = template.child("spec");
        spec(spec);
        if (spec.child("selector").isSet()) {
            Field selector = spec.child("selector");
            selector.invalidAs(LabelRules.shown(selector), "`selector` will be auto-generated");
        }
        if (spec.child("manualSelector").isTrue()) {
            spec.child("manualSelector").notSupported(List.of("nil", "false"));
        }
    }

    private static void spec(Field spec) {
        for (String number :
                List.of(
                        "parallelism",
                        "completions",
                        "activeDeadlineSeconds",
                        "backoffLimit",
                        "ttlSecondsAfterFinished",
                        "backoffLimitPerIndex",
                        "maxFailedIndexes")) {
            spec.child(number).nonNegative();
        }
        if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
            spec.child("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
        }
        ManagedByRules.check(spec.child("managedBy"));
        Field mode = spec.child("completionMode");
        if (mode.isSet() && !MODES.contains(mode.text())) {
            mode.notSupported(MODES);
        }
        if (isIndexed(spec)) {
            IndexedJobRules.check(spec);
        } else if (!mode.isSet() || mode.text().equals("NonIndexed")) {
            for (String name : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                if (spec.has(name)) {
                    spec.child(name).invalid("requires indexed completion mode");
                }
            }
        }
        PodFailurePolicyRules.check(spec);
        SuccessPolicyRules.check(spec);
        replacement(spec);
        PodTemplateRules.check(spec.child("template"));
        restart(spec);
    }

    private static void replacement(Field spec) {
        Field policy = spec.child("podReplacementPolicy");
        List<String> supported =
                spec.has("podFailurePolicy")
                        ? List.of("Failed")
                        : List.of("Failed", "TerminatingOrFailed");
        if (policy.isSet() && !supported.contains(policy.text())) {
            policy.notSupported(supported);
        }
    }

    private static void restart(Field spec) {
        Field restart = spec.child("template", "spec").child("restartPolicy");
        switch (restart.text()) {
            case "", "Always" -> restart.required(RESTARTS);
            case "Never" -> {}
            case "OnFailure" -> {
                if (spec.has("podFailurePolicy")) {
                    restart.invalid(
                            "only \"Never\" is supported when podFailurePolicy is specified");
                }
            }
            default -> restart.notSupported(List.of("OnFailure", "Never"));
        }
    }
}
