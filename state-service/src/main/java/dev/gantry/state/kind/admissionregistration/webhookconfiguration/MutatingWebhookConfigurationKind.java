package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of mutatingwebhookconfigurations. */
public final class MutatingWebhookConfigurationKind {
    public static final Kind KIND =
            Kind.ofCluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "MutatingWebhookConfiguration",
                    "mutatingwebhookconfigurations");

    private MutatingWebhookConfigurationKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        KIND, WebhookConfigurationStrategy.MUTATING, WebhookColumns.PRINTER)
                .named(List.of(), List.of("api-extensions"));
    }
}
