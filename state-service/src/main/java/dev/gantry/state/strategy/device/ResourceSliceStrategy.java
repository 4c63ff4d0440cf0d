package dev.gantry.state.strategy.device;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/resourceslice}. */
public final class ResourceSliceStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.RESOURCE_SLICE;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("spec.driver", Resource.text(object.path("spec"), "driver"));
        fields.put("spec.nodeName", Resource.text(object.path("spec"), "nodeName"));
        return fields;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }
}
