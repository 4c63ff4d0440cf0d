package dev.gantry.state.kind.scheduling.workload;

import dev.gantry.state.kind.scheduling.policy.GroupPolicyRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compat: the declarative rules of {@code WorkloadSpec}. */
final class WorkloadRules {
    private static final int MOST_TEMPLATES = 8;

    private WorkloadRules() {}

    static void check(Field spec) {
        if (spec.has("controllerRef")) {
            controller(spec.child("controllerRef"));
        }
        templates(spec.child("podGroupTemplates"));
    }

    private static void controller(Field reference) {
        Field group = reference.child("apiGroup");
        if (!group.isEmpty()) {
            group.invalidFor(Names.dnsSubdomain(group.text()));
        }
        for (String name : List.of("kind", "name")) {
            Field part = reference.child(name);
            if (part.isEmpty()) {
                part.required("");
            } else {
                part.invalidFor(Names.pathSegment(part.text()));
            }
        }
    }

    static void required(Field templates) {
        if (templates.isEmpty()) {
            templates.required("");
        }
    }

    private static void templates(Field templates) {
        required(templates);
        List<Field> all = templates.items();
        if (all.size() > MOST_TEMPLATES) {
            templates.tooMany(all.size(), MOST_TEMPLATES);
            return;
        }
        Set<String> names = new TreeSet<>();
        for (Field each : all) {
            if (!names.add(each.text("name"))) {
                each.duplicate();
            }
        }
        all.forEach(WorkloadRules::template);
    }

    private static void template(Field template) {
        Field name = template.child("name");
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsLabel(name.text()));
        }
        GroupPolicyRules.check(template.child("schedulingPolicy"));
    }
}
