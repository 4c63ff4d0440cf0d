package dev.gantry.state.kind.custom;

import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What holds for all kinds that are defined at run time; the rest is in their schema.
 *
 * <p>Compat: {@code customResourceStrategy} of apiextensions-apiserver.
 */
public record CustomStrategy(boolean hasStatus) implements Strategy {
    @Override
    public boolean hasGeneration() {
        return true;
    }

    /** Without the subresource a status is a field like others. */
    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        return hasStatus
                ? Strategy.super.changesGeneration(updated, stored)
                : !Trees.without(updated, Set.of("metadata"))
                        .equals(Trees.without(stored, Set.of("metadata")));
    }

    /** Compat: what nobody wrote is not there, an empty status neither. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        if (hasStatus) {
            object.remove("status");
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keepAllBut(updated, stored, Set.of("apiVersion", "kind", "metadata", "status"));
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
