package dev.gantry.state.strategy.device;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/resourceclaimtemplate}. */
public final class ResourceClaimTemplateStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.RESOURCE_CLAIM_TEMPLATE;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(
                object, "spec", spec -> Defaults.within(spec, "spec", ClaimDefaults::complete));
    }
}
