package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.kind.core.pod.container.Containers;
import dev.gantry.state.validation.Field;
import java.util.List;

/** The operating system a pod is for, and what the other one's pods may not say. */
final class OsRules {
    private static final List<String> SYSTEMS = List.of("linux", "windows");
    private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";
    private static final String NOT_ON_LINUX = "windows options cannot be set for a linux pod";
    private static final List<String> POD_CONTEXT =
            List.of("appArmorProfile", "seLinuxOptions", "hostUsers", "hostPID", "hostIPC");
    private static final List<String> POD_CONTEXT_FIELDS =
            List.of(
                    "runAsUser",
                    "runAsGroup",
                    "supplementalGroups",
                    "supplementalGroupsPolicy",
                    "seLinuxChangePolicy");
    private static final List<String> CONTAINER_CONTEXT =
            List.of(
                    "appArmorProfile",
                    "seLinuxOptions",
                    "seccompProfile",
                    "capabilities",
                    "readOnlyRootFilesystem",
                    "privileged",
                    "allowPrivilegeEscalation",
                    "procMount",
                    "runAsUser",
                    "runAsGroup");

    private OsRules() {}

    static void check(Field spec) {
        Field os = spec.child("os");
        if (!os.isSet()) {
            return;
        }
        String name = os.text("name");
        if (name.isEmpty()) {
            os.child("name").required("");
        } else if (!SYSTEMS.contains(name)) {
            os.notSupportedText(name, SYSTEMS);
        } else if (name.equals("linux")) {
            linux(spec);
        } else {
            windows(spec);
        }
    }

    private static void linux(Field spec) {
        forbidIfSet(spec.child("securityContext", "windowsOptions"), NOT_ON_LINUX);
        for (Field container : Containers.all(spec)) {
            forbidIfSet(container.child("securityContext", "windowsOptions"), NOT_ON_LINUX);
        }
    }

    private static void windows(Field spec) {
        Field context = spec.child("securityContext");
        for (String name : POD_CONTEXT) {
            boolean isOfSpec = name.startsWith("host");
            Field field = isOfSpec ? spec.child(name) : context.child(name);
            boolean isFlag = name.equals("hostPID") || name.equals("hostIPC");
            if (isFlag ? field.isTrue() : field.isSet()) {
                field.forbidden(NOT_ON_WINDOWS);
            }
        }
        for (String name : List.of("seccompProfile", "fsGroup", "fsGroupChangePolicy")) {
            forbidIfSet(context.child(name), NOT_ON_WINDOWS);
        }
        if (!context.child("sysctls").isEmpty()) {
            context.child("sysctls").forbidden(NOT_ON_WINDOWS);
        }
        forbidIfSet(spec.child("shareProcessNamespace"), NOT_ON_WINDOWS);
        POD_CONTEXT_FIELDS.forEach(each -> forbidIfSet(context.child(each), NOT_ON_WINDOWS));
        for (Field container : Containers.all(spec)) {
            Field own = container.child("securityContext");
            CONTAINER_CONTEXT.forEach(each -> forbidIfSet(own.child(each), NOT_ON_WINDOWS));
        }
    }

    private static void forbidIfSet(Field field, String why) {
        if (field.isSet()) {
            field.forbidden(why);
        }
    }
}
