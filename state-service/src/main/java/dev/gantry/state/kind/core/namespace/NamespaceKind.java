package dev.gantry.state.kind.core.namespace;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of namespaces. */
public final class NamespaceKind {
    private static final SubresourceRules FINALIZE =
            new SubresourceRules(
                    "finalize",
                    NamespaceStrategy::prepareToFinalize,
                    NamespaceStrategy::validateFinalizers);

    private NamespaceKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.NAMESPACE,
                        new NamespaceStrategy(),
                        PlainPrinter.of(
                                (object, row) -> row.add(object.at("/status/phase").asString("")),
                                Column.text("Status", "Active, or being deleted.")))
                .named(List.of("ns"), List.of())
                .without("deletecollection")
                .with(new Subresource.Stored(FINALIZE, List.of("update")));
    }
}
