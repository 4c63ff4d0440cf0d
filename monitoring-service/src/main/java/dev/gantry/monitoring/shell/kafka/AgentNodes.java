package dev.gantry.monitoring.shell.kafka;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The nodes that have an agent, for which the state service makes topics: of the others there is
 * nothing to read. Written by the thread of the feed, read by any.
 */
public final class AgentNodes implements ObjectCache.Observer {
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final AtomicInteger changes = new AtomicInteger();

    @Override
    public void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        if (!key.resource().equals(Resources.NODES)) {
            return;
        }
        boolean isNews =
                after.isEmpty()
                        ? names.remove(key.name())
                        : hasAgent(after.get()) && names.add(key.name());
        if (isNews) {
            changes.incrementAndGet();
        }
    }

    private static boolean hasAgent(Resource node) {
        return node.status().at("/daemonEndpoints/kubeletEndpoint/Port").asInt(0) > 0;
    }

    /**
     * A topic of each of them, and others. To be asked by one thread, which is given the same set
     * until it is another.
     */
    Supplier<Set<String>> topics(UnaryOperator<String> ofNode, Set<String> others) {
        return new Supplier<>() {
            private int seen = -1;
            private Set<String> known = Set.of();

            @Override
            public Set<String> get() {
                int now = changes.get();
                if (now != seen) {
                    seen = now;
                    known = new HashSet<>(others);
                    names.forEach(each -> known.add(ofNode.apply(each)));
                }
                return known;
            }
        };
    }
}
