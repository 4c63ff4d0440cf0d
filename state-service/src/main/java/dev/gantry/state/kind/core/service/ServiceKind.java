package dev.gantry.state.kind.core.service;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.Allocated;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;

/** What the server knows of services. */
public final class ServiceKind {
    private ServiceKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.SERVICE, new ServiceStrategy(), new ServicePrinter())
                .named(List.of("svc"), List.of("all"))
                .allocating(Allocated.SERVICE_ADDRESSES)
                .with(
                        new Subresource.Connect(
                                "proxy",
                                new GroupVersionKind("", "v1", "ServiceProxyOptions"),
                                Subresource.PROXIES));
    }
}
