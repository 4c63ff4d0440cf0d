package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import java.util.List;

/** What the server knows of horizontalpodautoscalers. */
public final class HorizontalPodAutoscalerKind {
    static final Kind FIRST =
            Kind.namespaced(
                    "autoscaling",
                    "v1",
                    Kinds.HORIZONTAL_POD_AUTOSCALER.kindName(),
                    Kinds.HORIZONTAL_POD_AUTOSCALER.plural());

    private static final HorizontalPodAutoscalerStrategy STRATEGY =
            new HorizontalPodAutoscalerStrategy();

    private HorizontalPodAutoscalerKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.HORIZONTAL_POD_AUTOSCALER,
                        STRATEGY,
                        new HorizontalPodAutoscalerPrinter())
                .named(List.of("hpa"), List.of("all"))
                .also(ServedVersion.builtin(FIRST, new FirstVersion(), STRATEGY));
    }
}
