package dev.gantry.agent.runtime.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user and groups of a process; null means what the image says.
 *
 * @param policy of the groups that the image gives to its user
 */
public record RunAs(
        @Nullable Long user,
        @Nullable Long group,
        List<Long> supplementalGroups,
        GroupsPolicy policy) {
    /**
     * As in {@code supplementalGroupsPolicy}: whether the image's groups count, or none of them.
     */
    public enum GroupsPolicy {
        MERGE,
        STRICT
    }
}
