package dev.gantry.state.strategy.device;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Strategy;

/** Compat: {@code pkg/registry/resource/deviceclass}. */
public final class DeviceClassStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.DEVICE_CLASS;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }
}
