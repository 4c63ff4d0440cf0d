package dev.gantry.agent.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that is present.
 *
 * @param user the numeric user it runs as; null where it names one, or none
 * @param userName empty where it names none
 * @param isPinned never to be collected
 */
public record Image(
        String id,
        List<String> tags,
        List<String> digests,
        long sizeBytes,
        @Nullable Long user,
        String userName,
        boolean isPinned) {}
