package dev.gantry.state.kind.core.serviceaccount;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;

/** What the server knows of serviceaccounts. */
public final class ServiceAccountKind {
    private ServiceAccountKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.SERVICE_ACCOUNT,
                        new ServiceAccountStrategy(),
                        PlainPrinter.NAME_AND_AGE)
                .named(List.of("sa"), List.of())
                .with(
                        new Subresource.Action(
                                "token",
                                new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"),
                                Subresource.Operation.ISSUE_TOKEN));
    }
}
