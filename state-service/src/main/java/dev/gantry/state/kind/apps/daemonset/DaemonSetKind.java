package dev.gantry.state.kind.apps.daemonset;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of daemonsets. */
public final class DaemonSetKind {
    private DaemonSetKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.DAEMON_SET, new DaemonSetStrategy(), new DaemonSetPrinter())
                .named(List.of("ds"), List.of("all"));
    }
}
