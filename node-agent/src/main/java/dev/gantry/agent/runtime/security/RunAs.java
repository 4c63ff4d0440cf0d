package dev.gantry.agent.runtime.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The user and groups of a process; null means what the image says. */
public record RunAs(@Nullable Long user, @Nullable Long group, List<Long> supplementalGroups) {}
