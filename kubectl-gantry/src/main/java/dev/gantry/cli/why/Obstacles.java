package dev.gantry.cli.why;

import dev.gantry.cli.remedy.Suggestion;
import java.util.List;

/**
 * What is in a pod's way.
 *
 * @param everywhere what keeps it from every node, whatever the node is like
 * @param lacks what nodes lack for it, alike ones together; for a placed pod as if it came anew
 * @param suggestions what would make it fit
 */
public record Obstacles(List<String> everywhere, List<Lack> lacks, List<Suggestion> suggestions) {
    static final Obstacles NONE = new Obstacles(List.of(), List.of(), List.of());

    public Obstacles {
        everywhere = List.copyOf(everywhere);
        lacks = List.copyOf(lacks);
        suggestions = List.copyOf(suggestions);
    }

    static Obstacles of(List<Lack> lacks) {
        return new Obstacles(List.of(), lacks, List.of());
    }

    boolean areNone() {
        return lacks.isEmpty() && everywhere.isEmpty();
    }
}
