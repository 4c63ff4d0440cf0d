package dev.gantry.state.kind.networking.networkpolicy;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Texts;
import java.util.List;

/** What the server knows of networkpolicies. */
public final class NetworkPolicyKind {
    private NetworkPolicyKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.NETWORK_POLICY,
                        new NetworkPolicyStrategy(),
                        PlainPrinter.of(
                                (object, row) ->
                                        row.add(Texts.selector(object.at("/spec/podSelector"))),
                                Column.text("Pod-Selector", "The pods that it is for.")))
                .named(List.of("netpol"), List.of());
    }
}
