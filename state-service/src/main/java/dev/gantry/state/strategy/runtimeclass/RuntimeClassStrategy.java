package dev.gantry.state.strategy.runtimeclass;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/node/runtimeclass}. */
public final class RuntimeClassStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.RUNTIME_CLASS;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "overhead", it -> Quantities.canonicalMap(it, "podFixed"));
    }
}
