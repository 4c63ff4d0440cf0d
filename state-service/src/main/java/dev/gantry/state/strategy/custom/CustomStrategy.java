package dev.gantry.state.strategy.custom;

import dev.gantry.model.kind.CustomKind;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;

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

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
