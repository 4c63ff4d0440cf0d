package dev.gantry.state.kind.storage.csidriver;

import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compat: {@code validateCSIDriverSpec}; the flags it requires are filled in before. */
final class CsiDriverRules {
    private static final List<String> GROUP_POLICIES =
            List.of("File", "None", "ReadWriteOnceWithFSType");
    private static final List<String> LIFECYCLES = List.of("Persistent", "Ephemeral");
    private static final long SHORTEST_SECONDS = 600;
    private static final long LONGEST_SECONDS = 1L << 32;
    private static final long SHORTEST_PERIOD_SECONDS = 10;

    private CsiDriverRules() {}

    static void check(Field spec) {
        Field policy = spec.child("fsGroupPolicy");
        if (policy.isSet() && !GROUP_POLICIES.contains(policy.text())) {
            policy.notSupported(GROUP_POLICIES);
        }
        tokens(spec.child("tokenRequests"));
        for (Field mode : spec.child("volumeLifecycleModes").items()) {
            if (!LIFECYCLES.contains(mode.text())) {
                mode.at(spec.path() + ".volumeLifecycleModes").notSupported(LIFECYCLES);
            }
        }
        Field period = spec.child("nodeAllocatableUpdatePeriodSeconds");
        if (period.isSet() && period.number() < SHORTEST_PERIOD_SECONDS) {
            period.invalid("must be greater than or equal to 10 seconds");
        }
        Field inSecrets = spec.child("serviceAccountTokenInSecrets");
        if (inSecrets.isSet() && spec.child("tokenRequests").isEmpty()) {
            inSecrets.invalid(
                    "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
        }
    }

    private static void tokens(Field requests) {
        Set<String> audiences = new TreeSet<>();
        for (Field request : requests.items()) {
            Field audience = request.child("audience");
            if (!audiences.add(audience.text())) {
                audience.duplicateText(audience.text());
                continue;
            }
            Field seconds = request.child("expirationSeconds");
            if (seconds.isSet() && seconds.number() < SHORTEST_SECONDS) {
                seconds.invalid("may not specify a duration less than 10 minutes");
            }
            if (seconds.isSet() && seconds.number() > LONGEST_SECONDS) {
                seconds.invalid("may not specify a duration larger than 2^32 seconds");
            }
        }
    }

    /** Compat: {@code ValidateCSIDriverUpdate}; the first path is spelled as upstream spells it. */
    static void unchanged(Field spec, JsonNode before) {
        spec.child("attachRequired")
                .at("spec.attachedRequired")
                .immutable(before.path("attachRequired"));
        spec.child("volumeLifecycleModes").immutable(before.path("volumeLifecycleModes"));
    }
}
