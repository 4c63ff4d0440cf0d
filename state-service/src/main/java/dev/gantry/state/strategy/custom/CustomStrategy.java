package dev.gantry.state.strategy.custom;

import dev.gantry.model.kind.CustomKind;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every kind that a CustomResourceDefinition brings. */
public record CustomStrategy(CustomKind kind) implements Strategy {
    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status");
    }

    /** Compat: what nobody wrote is not there, an empty status neither. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        object.remove("status");
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
