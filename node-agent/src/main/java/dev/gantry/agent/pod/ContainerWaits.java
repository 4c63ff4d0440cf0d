package dev.gantry.agent.pod;

import dev.gantry.agent.spec.ContainerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why a container that should run does not: {@code state.waiting} in words. */
public final class ContainerWaits {
    private ContainerWaits() {}

    /** A reason in one word, and a message that may be empty. */
    public record Reason(String reason, String message) {}

    /** Compat: the reasons and messages of {@code kuberuntime}. */
    public static Optional<Reason> of(PodView view, ContainerSpec spec, Instant now) {
        StartProblem problem = view.memory().containers().problems().get(spec.name());
        if (problem != null) {
            return Optional.of(shown(problem, spec, now));
        }
        Optional<SeenContainer> ended = view.newest(spec.name()).filter(SeenContainer::hasExited);
        CrashBackoff backoff = view.memory().containers().crashes().get(spec.name());
        boolean isHeld =
                ended.filter(each -> !view.isRestarted(each))
                        .flatMap(
                                each ->
                                        CrashBackoff.waitsUntil(
                                                backoff, each.status().finishedAt(), now))
                        .isPresent();
        if (!isHeld || backoff == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Reason(
                        "CrashLoopBackOff",
                        "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                                .formatted(
                                        words(backoff.delay()),
                                        spec.name(),
                                        view.pod().name(),
                                        view.pod().namespace(),
                                        view.pod().uid())));
    }

    private static Reason shown(StartProblem problem, ContainerSpec spec, Instant now) {
        if (!problem.showsBackOff(now)) {
            return new Reason(problem.reason(), problem.message());
        }
        return new Reason(
                "ImagePullBackOff",
                "Back-off pulling image \"%s\": %s: %s"
                        .formatted(spec.image(), problem.reason(), problem.message()));
    }

    /** As Go prints a duration: {@code 10s}, {@code 1m20s}, {@code 5m0s}. */
    private static String words(Duration delay) {
        return delay.toMinutes() == 0
                ? delay.toSeconds() + "s"
                : delay.toMinutes() + "m" + delay.toSecondsPart() + "s";
    }
}
