package dev.gantry.state.admission.podsecurity;

import static dev.gantry.state.admission.podsecurity.PodParts.named;
import static dev.gantry.state.admission.podsecurity.PodParts.setters;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** As whom the processes of a pod may run. */
final class UserChecks {
    static final List<Check> ALL =
            List.of(
                    Check.restricted("runAsNonRoot", UserChecks::nonRoot)
                            .before(PodParts.USER_NAMESPACES),
                    Check.restricted("runAsNonRoot", pod -> pod.unlessMapped(UserChecks::nonRoot))
                            .since(PodParts.USER_NAMESPACES),
                    Check.restricted("runAsUser", UserChecks::user)
                            .since(23)
                            .before(PodParts.USER_NAMESPACES),
                    Check.restricted("runAsUser", pod -> pod.unlessMapped(UserChecks::user))
                            .since(PodParts.USER_NAMESPACES));

    private UserChecks() {}

    private static Optional<Violation> nonRoot(PodParts pod) {
        boolean isPod = saysRoot(pod.securityContext());
        List<String> containers =
                pod.containersThat(each -> saysRoot(each.path("securityContext")));
        if (isPod || !containers.isEmpty()) {
            return violated(
                    setters(isPod, containers)
                            + " must not set securityContext.runAsNonRoot=false");
        }
        List<String> silent =
                pod.containersThat(
                        each -> !each.path("securityContext").path("runAsNonRoot").isBoolean());
        boolean isSetForAll = pod.securityContext().path("runAsNonRoot").isBoolean();
        return isSetForAll || silent.isEmpty()
                ? Optional.empty()
                : violated(
                        "pod or %s must set securityContext.runAsNonRoot=true"
                                .formatted(named(silent)));
    }

    private static Optional<Violation> violated(String detail) {
        return Optional.of(new Violation("runAsNonRoot != true", detail));
    }

    private static boolean saysRoot(JsonNode context) {
        return !context.path("runAsNonRoot").asBoolean(true);
    }

    private static Optional<Violation> user(PodParts pod) {
        boolean isPod = isRoot(pod.securityContext());
        List<String> containers = pod.containersThat(each -> isRoot(each.path("securityContext")));
        return isPod || !containers.isEmpty()
                ? Optional.of(
                        new Violation(
                                "runAsUser=0",
                                setters(isPod, containers) + " must not set runAsUser=0"))
                : Optional.empty();
    }

    private static boolean isRoot(JsonNode context) {
        JsonNode user = context.path("runAsUser");
        return user.isNumber() && user.asLong(1) == 0;
    }
}
