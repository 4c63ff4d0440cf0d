package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Rules;
import java.util.List;

/** The security context of a container, and what it shares with that of a pod. */
public final class SecurityRules {
    private static final List<String> PROC_MOUNTS = List.of("Default", "Unmasked");
    private static final List<String> PROFILE_TYPES =
            List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final int MAX_PROFILE_BYTES = 4095;

    private SecurityRules() {}

    static void container(Field context, PodContext pod) {
        if (!context.isSet()) {
            return;
        }
        id(context.child("runAsUser"));
        id(context.child("runAsGroup"));
        Field procMount = context.child("procMount");
        if (procMount.isSet()) {
            if (!PROC_MOUNTS.contains(procMount.text())) {
                procMount.notSupported(PROC_MOUNTS);
            }
            if (pod.hasHostUsers() && procMount.text().equals("Unmasked")) {
                procMount.invalid("`hostUsers` must be false to use `Unmasked`");
            }
        }
        seccomp(context.child("seccompProfile"));
        escalation(context);
        WindowsRules.options(context.child("windowsOptions"));
        appArmor(context.child("appArmorProfile"));
    }

    private static void escalation(Field context) {
        Field escalation = context.child("allowPrivilegeEscalation");
        if (!escalation.isSet() || escalation.isTrue()) {
            return;
        }
        if (context.child("privileged").isTrue()) {
            context.invalid(
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        if (context.child("capabilities", "add").texts().contains("CAP_SYS_ADMIN")) {
            context.invalid(
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                            + " CAP_SYS_ADMIN");
        }
    }

    /** A user or group; absent is fine. */
    public static void id(Field id) {
        if (id.isSet() && (id.number() < 0 || id.number() > Integer.MAX_VALUE)) {
            id.invalid(Rules.between(0, Integer.MAX_VALUE));
        }
    }

    public static void seccomp(Field profile) {
        if (!profile.isSet()) {
            return;
        }
        Field type = profile.child("type");
        if (type.isEmpty()) {
            type.required("type is required when seccompProfile is set");
        } else if (!PROFILE_TYPES.contains(type.text())) {
            type.notSupported(PROFILE_TYPES);
        }
        Field local = profile.child("localhostProfile");
        if (!type.text().equals("Localhost")) {
            if (local.isSet()) {
                local.invalidAs(
                        new GoStruct(profile.value())
                                .text("Type", "type")
                                .value("LocalhostProfile", "localhostProfile")
                                .toString(),
                        "can only be set when seccomp type is Localhost");
            }
        } else if (!local.isSet()) {
            local.required("must be set when seccomp type is Localhost");
        } else {
            PathRules.localDescending(local);
        }
    }

    public static void appArmor(Field profile) {
        if (!profile.isSet()) {
            return;
        }
        Field type = profile.child("type");
        Field local = profile.child("localhostProfile");
        switch (type.text()) {
            case "Localhost" -> localAppArmor(local);
            case "RuntimeDefault", "Unconfined" -> {
                if (local.isSet()) {
                    local.invalid("can only be set when AppArmor type is Localhost");
                }
            }
            case "" -> type.required("type is required when appArmorProfile is set");
            default -> type.notSupported(PROFILE_TYPES);
        }
    }

    private static void localAppArmor(Field local) {
        String name = local.text();
        if (name.isEmpty()) {
            local.required("must be set when AppArmor type is Localhost");
        } else if (!name.equals(name.strip())) {
            local.invalid("must not be padded with whitespace");
        }
        if (name.length() > MAX_PROFILE_BYTES) {
            local.tooLong(MAX_PROFILE_BYTES);
        }
    }
}
