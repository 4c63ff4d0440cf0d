package dev.gantry.acceptance.operator.sdk;

import dev.gantry.acceptance.operator.Lease;
import dev.gantry.acceptance.operator.SiteWebhook;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process, to be started more than once. Finds its cluster by {@code KUBECONFIG}, or as a pod.
 *
 * <p>Arguments: the namespace, its own name, and the folder with the certificate of its webhook, if
 * it has one.
 */
public final class SiteOperator {
    private SiteOperator() {}

    public static void main(String[] arguments) throws Exception {
        String namespace = arguments[0];
        if (arguments.length > 2) {
            SiteWebhook.serve(Path.of(arguments[2]));
        }
        var election =
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("sdk-operator")
                        .withLeaseNamespace(namespace)
                        .withIdentity(arguments[1])
                        .withLeaseDuration(Lease.length())
                        .withRenewDeadline(Lease.renewDeadline())
                        .withRetryPeriod(Duration.ofSeconds(2))
                        .build();
        var operator =
                new Operator(
                        settings ->
                                settings.withKubernetesClient(new KubernetesClientBuilder().build())
                                        .withLeaderElectionConfiguration(election));
        operator.register(
                new SiteReconciler(), controller -> controller.settingNamespace(namespace));
        operator.start();
    }
}
