package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.SortedSet;

/** One resource as scores see it: what a node has of it, and what pods take. */
sealed interface ScoredResource {
    /** What pods ask for. */
    static ScoredResource asked(String resource) {
        return switch (resource) {
            case "cpu" -> Asked.CPU;
            case "memory" -> Asked.MEMORY;
            case "ephemeral-storage" -> Asked.EPHEMERAL_STORAGE;
            default -> new Extended(resource);
        };
    }

    /** As {@link #asked}, but with what is assumed for containers that ask for nothing. */
    static ScoredResource assumed(String resource) {
        return switch (resource) {
            case "cpu" -> Assumed.CPU;
            case "memory" -> Assumed.MEMORY;
            default -> asked(resource);
        };
    }

    static List<ScoredResource> allAsked(SortedSet<String> resources) {
        return resources.stream().map(ScoredResource::asked).toList();
    }

    static List<ScoredResource> allAssumed(SortedSet<String> resources) {
        return resources.stream().map(ScoredResource::assumed).toList();
    }

    long allocatable(NodeView node);

    long used(NodeView node);

    long wanted(PodSignature pod);

    /** Whether it matters for such a pod on this node, which may have none of it. */
    default boolean counts(PodSignature pod, NodeView node) {
        return allocatable(node) > 0;
    }

    /** Of what the node has, one at most; nothing where the node has nothing. */
    static double share(long used, long allocatable) {
        return allocatable == 0 ? 0 : Math.min(1.0, used / (double) allocatable);
    }

    enum Asked implements ScoredResource {
        CPU,
        MEMORY,
        EPHEMERAL_STORAGE;

        @Override
        public long allocatable(NodeView node) {
            return switch (this) {
                case CPU -> node.allocatableMilliCpu();
                case MEMORY -> node.allocatableMemory();
                case EPHEMERAL_STORAGE -> node.allocatableEphemeral();
            };
        }

        @Override
        public long used(NodeView node) {
            return switch (this) {
                case CPU -> node.allocatableMilliCpu() - node.freeMilliCpu();
                case MEMORY -> node.allocatableMemory() - node.freeMemory();
                case EPHEMERAL_STORAGE -> node.allocatableEphemeral() - node.freeEphemeral();
            };
        }

        @Override
        public long wanted(PodSignature pod) {
            return switch (this) {
                case CPU -> pod.asked().milliCpu();
                case MEMORY -> pod.asked().memoryBytes();
                case EPHEMERAL_STORAGE -> pod.asked().ephemeralBytes();
            };
        }
    }

    enum Assumed implements ScoredResource {
        CPU,
        MEMORY;

        @Override
        public long allocatable(NodeView node) {
            return this == CPU ? node.allocatableMilliCpu() : node.allocatableMemory();
        }

        @Override
        public long used(NodeView node) {
            return this == CPU ? node.scoredMilliCpu() : node.scoredMemory();
        }

        @Override
        public long wanted(PodSignature pod) {
            return this == CPU ? pod.scored().milliCpu() : pod.scored().memoryBytes();
        }
    }

    /**
     * Compat: {@code calculateResourceAllocatableRequest}: it matters only to pods that ask for it.
     */
    record Extended(String name) implements ScoredResource {
        @Override
        public long allocatable(NodeView node) {
            return node.allocatableExtended(name);
        }

        @Override
        public long used(NodeView node) {
            return allocatable(node) - node.freeExtended(name);
        }

        @Override
        public long wanted(PodSignature pod) {
            return pod.asked().extended().getOrDefault(name, 0L);
        }

        @Override
        public boolean counts(PodSignature pod, NodeView node) {
            return wanted(pod) > 0 && allocatable(node) > 0;
        }
    }
}
