package dev.gantry.state.ingest;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What else a placement commits, such as volumes bound and devices allocated: each effect checks
 * what it finds and adds its change to the draft.
 */
final class Effects {
    private Effects() {}

    /** Returns why the effect cannot be; empty where the draft has it. */
    static Optional<String> apply(ObjectNode json, Binding word, Resource pod, Draft draft) {
        Optional<Effect> effect = Effect.of(json);
        if (effect.isEmpty()) {
            return Optional.of(
                    "there is no effect '%s' (pod %s)"
                            .formatted(Resource.text(json, Effect.FIELD), pod.name()));
        }
        return switch (effect.get()) {
            case Effect.BindVolume bind -> VolumeEffects.bind(bind, draft);
            case Effect.SelectNode select -> VolumeEffects.select(select, draft);
            case Effect.AllocateClaim allocate -> DeviceEffects.allocate(allocate, pod, draft);
            case Effect.MakeClaim make -> DeviceEffects.make(make, pod, draft);
            case Effect.ReserveClaim reserve ->
                    DeviceEffects.reserve(reserve.claim(), word, pod, draft);
            case Effect.FreeClaim free -> DeviceEffects.free(free.claim(), pod, draft);
        };
    }
}
