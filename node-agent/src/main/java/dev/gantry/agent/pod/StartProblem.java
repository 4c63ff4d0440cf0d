package dev.gantry.agent.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a container could not be started.
 *
 * @param reason as in {@code state.waiting.reason}
 * @param retryAt when it is worth another try
 */
public record StartProblem(
        String reason, String message, Instant since, Instant retryAt, int failures) {
    public static final String PULL_FAILED = "ErrImagePull";
    public static final String INVALID_NAME = "InvalidImageName";
    private static final Duration PULL_ERROR_SHOWN = Duration.ofSeconds(2);

    public boolean isPull() {
        return reason.equals(PULL_FAILED);
    }

    /** Compat: a failed pull shows as ErrImagePull for a moment, then as ImagePullBackOff. */
    Optional<Instant> backsOffFrom() {
        return isPull() ? Optional.of(since.plus(PULL_ERROR_SHOWN)) : Optional.empty();
    }

    /** Whether it is a failed pull that shows as its back-off by now. */
    public boolean showsBackOff(Instant now) {
        return backsOffFrom().filter(from -> !from.isAfter(now)).isPresent();
    }
}
