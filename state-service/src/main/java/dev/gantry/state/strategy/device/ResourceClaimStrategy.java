package dev.gantry.state.strategy.device;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/resourceclaim}. */
public final class ResourceClaimStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.RESOURCE_CLAIM;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", ClaimDefaults::complete);
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status");
    }
}
