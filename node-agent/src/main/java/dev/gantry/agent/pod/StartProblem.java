package dev.gantry.agent.pod;

import java.time.Instant;

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

    public boolean isPull() {
        return reason.equals(PULL_FAILED);
    }
}
