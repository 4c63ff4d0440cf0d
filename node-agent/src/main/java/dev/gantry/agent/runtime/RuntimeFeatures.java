package dev.gantry.agent.runtime;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a runtime says that it can do. What it does not speak of, it cannot: containerd says these
 * things from version 2.0 on.
 *
 * @param handlers the ways in which it runs sandboxes, by name; the default one has the empty name
 * @param groupsPolicy whether a pod may leave out the groups that an image gives to its user; empty
 *     where the runtime does not say
 */
public record RuntimeFeatures(
        SortedMap<String, HandlerFeatures> handlers, Optional<Boolean> groupsPolicy) {
    public static final RuntimeFeatures NONE =
            new RuntimeFeatures(new TreeMap<>(), Optional.empty());

    /** What only some handlers can do, since it depends on the program behind them. */
    public record HandlerFeatures(boolean hasRecursiveReadOnlyMounts, boolean hasUserNamespaces) {
        public static final HandlerFeatures NONE = new HandlerFeatures(false, false);
    }

    public boolean knows(String handler) {
        return handlers.containsKey(handler);
    }

    public HandlerFeatures of(String handler) {
        return handlers.getOrDefault(handler, HandlerFeatures.NONE);
    }

    public boolean hasGroupsPolicy() {
        return groupsPolicy.orElse(false);
    }
}
