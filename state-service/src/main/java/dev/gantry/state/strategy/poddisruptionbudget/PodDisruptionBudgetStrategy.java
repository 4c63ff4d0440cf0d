package dev.gantry.state.strategy.poddisruptionbudget;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;

/** Compat: {@code pkg/registry/policy/poddisruptionbudget}. */
public final class PodDisruptionBudgetStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.POD_DISRUPTION_BUDGET;
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status");
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }
}
