package dev.gantry.local.compose;

import dev.gantry.local.pki.Identity;
import java.util.ArrayList;
import java.util.List;

/** Everybody who holds a certificate of the cluster that {@code docker-compose.yml} describes. */
final class Identities {
    static final String ADMIN = "admin";
    static final String BROKER = "kafka-broker";
    static final String DATABASE = "postgres";
    static final String SCHEDULER = "system:kube-scheduler";
    static final String CONTROLLER = "system:kube-controller-manager";
    static final String MONITORING = "system:gantry:monitoring";

    private Identities() {}

    static String ofNode(String node) {
        return "system:node:" + node;
    }

    static List<Identity> all(List<String> nodes) {
        List<Identity> all = new ArrayList<>();
        all.add(
                server(
                        "apiserver",
                        "kube-apiserver",
                        Compose.GATEWAY,
                        Compose.GATEWAY_ADDRESS,
                        "kubernetes",
                        "kubernetes.default",
                        "kubernetes.default.svc",
                        "kubernetes.default.svc.cluster.local",
                        "10.96.0.1"));
        all.add(server("state", "gantry-state", Compose.STATE));
        all.add(Identity.METRICS);
        all.add(server(BROKER, "gantry-kafka", "kafka"));
        all.add(server(DATABASE, "postgres", "postgres"));
        all.add(client("gateway-client", "system:gantry:gateway"));
        all.add(Identity.admin());
        List.of(SCHEDULER, CONTROLLER, MONITORING).forEach(each -> all.add(client(each, each)));
        for (String node : nodes) {
            all.add(new Identity(ofNode(node), ofNode(node), List.of("system:nodes"), names(node)));
        }
        return all;
    }

    private static Identity client(String file, String name) {
        return new Identity(file, name, List.of(), List.of());
    }

    private static Identity server(String file, String name, String... hosts) {
        return new Identity(file, name, List.of(), names(hosts));
    }

    private static List<String> names(String... hosts) {
        List<String> names = new ArrayList<>(List.of(hosts));
        names.addAll(List.of("localhost", "127.0.0.1"));
        return names;
    }
}
