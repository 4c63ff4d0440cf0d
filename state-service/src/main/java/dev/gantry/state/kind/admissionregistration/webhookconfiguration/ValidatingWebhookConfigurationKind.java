package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of validatingwebhookconfigurations. */
public final class ValidatingWebhookConfigurationKind {
    public static final Kind KIND =
            Kind.ofCluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "ValidatingWebhookConfiguration",
                    "validatingwebhookconfigurations");

    private ValidatingWebhookConfigurationKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        KIND, WebhookConfigurationStrategy.VALIDATING, WebhookColumns.PRINTER)
                .named(List.of(), List.of("api-extensions"));
    }
}
