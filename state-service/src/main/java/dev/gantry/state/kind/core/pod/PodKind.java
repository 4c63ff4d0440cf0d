package dev.gantry.state.kind.core.pod;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;

/** What the server knows of pods. */
public final class PodKind {
    private PodKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.POD, new PodStrategy(), new PodPrinter())
                .named(List.of("po"), List.of("all"))
                .with(
                        new Subresource.Stored(
                                PodSubresources.EPHEMERAL_CONTAINERS, Subresource.CHANGES),
                        new Subresource.Stored(PodSubresources.RESIZE, Subresource.CHANGES),
                        new Subresource.Action(
                                "binding", core("Binding"), Subresource.Operation.BIND),
                        new Subresource.Action(
                                "eviction",
                                new GroupVersionKind("policy", "v1", "Eviction"),
                                Subresource.Operation.EVICT),
                        connect("attach", "PodAttachOptions", Subresource.CONNECTS),
                        connect("exec", "PodExecOptions", Subresource.CONNECTS),
                        connect("log", "Pod", List.of("get")),
                        connect("portforward", "PodPortForwardOptions", Subresource.CONNECTS),
                        connect("proxy", "PodProxyOptions", Subresource.PROXIES));
    }

    private static Subresource connect(String name, String options, List<String> verbs) {
        return new Subresource.Connect(name, core(options), verbs);
    }

    private static GroupVersionKind core(String kind) {
        return new GroupVersionKind("", "v1", kind);
    }
}
