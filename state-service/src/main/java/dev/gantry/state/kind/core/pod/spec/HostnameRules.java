package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;

/** A hostname that replaces the one made of the pod's name. Compat: {@code validatePodHostName}. */
final class HostnameRules {
    /** What Linux allows. */
    private static final int MOST_BYTES = 64;

    private HostnameRules() {}

    static void override(Field spec) {
        Field name = spec.child("hostnameOverride");
        if (!name.isSet()) {
            return;
        }
        for (String against : List.of("setHostnameAsFQDN", "hostNetwork")) {
            if (spec.child(against).isTrue()) {
                name.forbidden("may not be specified when " + against + " is true");
            }
        }
        if (name.text().length() > MOST_BYTES) {
            name.tooLong(MOST_BYTES);
        }
        name.invalidFor(Names.dnsSubdomain(name.text()));
    }
}
