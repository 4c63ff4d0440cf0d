package dev.gantry.state.strategy.csi;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Strategy;

/** Compat: {@code pkg/registry/storage/csinode}. */
public final class CsiNodeStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.CSI_NODE;
    }
}
