package dev.gantry.agent.runtime.container;

import java.util.List;

/** As whom the first process of a container was started. */
public record ProcessUser(long uid, long gid, List<Long> supplementalGroups) {}
