package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the rules of a part of the spec must know of the rest.
 *
 * @param volumes the valid volumes by name
 * @param claims the names of the pod's resource claims
 * @param graceSeconds empty where the spec has none, which is an error of its own
 * @param hasHostUsers whether the pod shares the users of its host
 */
public record PodContext(
        Map<String, Field> volumes,
        Set<String> claims,
        OptionalLong graceSeconds,
        String restartPolicy,
        boolean hasHostUsers) {}
