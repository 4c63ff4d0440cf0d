package dev.gantry.local.pki;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** All certificates and kubeconfigs of an instance, made where missing. */
public final class ClusterKeys {
    /** The pair of files of the Kafka broker. */
    public static final String BROKER = "kafka-broker";

    /** The component identities that hold a kubeconfig of their own, beside the nodes. */
    private static final List<String> COMPONENTS =
            List.of(
                    "system:kube-controller-manager",
                    "system:kube-scheduler",
                    "system:gantry:monitoring");

    private ClusterKeys() {}

    public static void prepare(Instance instance) throws IOException, GeneralSecurityException {
        Authority authority = Authority.in(instance.pki());
        authority.signingPair("sa");
        Authority.frontProxy(instance.pki()).issue(Identity.FRONT_PROXY);
        authority.issue(Identity.METRICS);
        serving(authority, instance);
        authority.issue(
                new Identity("gateway-client", "system:gantry:gateway", List.of(), List.of()));
        authority.issue(Identity.admin());
        kubeconfig(instance, "admin", instance.kubeconfig(), "127.0.0.1");
        for (String component : COMPONENTS) {
            authority.issue(new Identity(component, component, List.of(), List.of()));
            kubeconfig(instance, component, instance.kubeconfigOf(component), "127.0.0.1");
        }
        for (NodePlace node : instance.nodes()) {
            authority.issue(
                    new Identity(
                            node.identity(),
                            node.identity(),
                            List.of("system:nodes"),
                            List.of(node.name(), node.address(), node.address6(), "127.0.0.1")));
            kubeconfig(
                    instance,
                    node.identity(),
                    instance.kubeconfigOf(node.identity()),
                    instance.hostAddress());
        }
    }

    private static void serving(Authority authority, Instance instance)
            throws IOException, GeneralSecurityException {
        authority.issue(
                new Identity(
                        "apiserver",
                        "kube-apiserver",
                        List.of(),
                        List.of(
                                "localhost",
                                "kubernetes",
                                "kubernetes.default",
                                "kubernetes.default.svc",
                                "kubernetes.default.svc.cluster.local",
                                "127.0.0.1",
                                "::1",
                                "10.96.0.1",
                                "fd00:10:96::1",
                                instance.hostAddress(),
                                instance.hostAddress6())));
        authority.issue(
                new Identity(
                        "state", "gantry-state", List.of(), List.of("localhost", "127.0.0.1")));
        authority.issue(
                new Identity(
                        BROKER,
                        "gantry-kafka",
                        List.of(),
                        List.of(
                                "localhost",
                                "127.0.0.1",
                                instance.hostAddress(),
                                instance.hostAddress6())));
    }

    private static void kubeconfig(Instance instance, String identity, Path target, String host)
            throws IOException {
        new KubeconfigFile(
                        instance.name(), "https://" + host + ":" + instance.gatewayPort(), identity)
                .write(target, instance.pki());
    }
}
