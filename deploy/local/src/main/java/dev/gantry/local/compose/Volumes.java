package dev.gantry.local.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.local.component.ServiceProperties;
import dev.gantry.local.pki.KubeconfigFile;
import dev.gantry.local.pki.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What each container is given.
 *
 * @param root below which each has its folder
 * @param pki of the authority, which no other container sees
 * @param hostPort where the host's loopback leads to the API
 */
record Volumes(Path root, Path pki, int hostPort) {
    private static final String SETTINGS = "service.properties";
    private static final String KUBECONFIG = "kubeconfig";
    private static final String CLUSTER = "gantry";
    private static final List<String> ROLES = List.of("gantry_state", "gantry_monitoring");

    void fill(List<String> nodes) throws IOException {
        postgres();
        kafka();
        state();
        gateway();
        scheduler();
        controller();
        monitoring();
        admin();
        for (String node : nodes) {
            node(node);
        }
    }

    private void postgres() throws IOException {
        Holder postgres = holder("postgres", Compose.POSTGRES_USER);
        postgres.keep(pki, "ca.crt", Identities.DATABASE + ".crt", Identities.DATABASE + ".key");
        postgres.write("password-postgres", password("postgres"));
        for (String role : ROLES) {
            postgres.write("password-" + role, password(role));
        }
        postgres.giveAway();
    }

    private void kafka() throws IOException {
        Holder kafka = holder("kafka", Compose.KAFKA_USER);
        kafka.keepPair(pki, Identities.BROKER);
        kafka.keep(pki, "ca.crt");
        try (var in = Volumes.class.getResourceAsStream("server.properties")) {
            kafka.write(
                    "server.properties",
                    new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
        }
        kafka.giveAway();
    }

    private void state() throws IOException {
        Holder state = service("state");
        ServiceProperties settings = state.kafkaClient(pki, "state");
        state.keep(pki, "state.crt", "state.key", "sa.key", "sa.pub", "front-proxy-ca.crt");
        state.keep(pki, "front-proxy-client.crt", "front-proxy-client.key");
        SecretFile.readOrMake(state.folder().resolve("data-key"));
        database(settings, "gantry_state");
        settings.put("gantry.state.data-key-file", Holder.seen("data-key"));
        settings.put("gantry.state.service-cidrs", Compose.SERVICE_RANGE);
        settings.put("gantry.state.dns-addresses", Compose.DNS_ADDRESS);
        settings.put("gantry.state.api-addresses", Compose.GATEWAY_ADDRESS);
        settings.put("gantry.state.api-port", Compose.API_PORT);
        settings.put("gantry.state.http.enabled", true);
        settings.put("gantry.state.http.address", "0.0.0.0");
        settings.put("gantry.state.http.port", Compose.STATE_PORT);
        finish(state, settings);
    }

    private void gateway() throws IOException {
        Holder gateway = service("gateway");
        ServiceProperties settings = gateway.kafkaClient(pki, "gateway-client");
        gateway.keep(
                pki,
                "apiserver.crt",
                "apiserver.key",
                "gateway-client.crt",
                "gateway-client.key",
                "front-proxy-client.crt",
                "front-proxy-client.key",
                "sa.pub");
        settings.put("gantry.gateway.port", Compose.API_PORT);
        settings.put(
                "gantry.gateway.state-url", "https://" + Compose.STATE + ":" + Compose.STATE_PORT);
        finish(gateway, settings);
    }

    private void scheduler() throws IOException {
        Holder scheduler = service("scheduler");
        finish(scheduler, apiClient(scheduler, Identities.SCHEDULER));
    }

    private void controller() throws IOException {
        Holder controller = service("controller");
        ServiceProperties settings = apiClient(controller, Identities.CONTROLLER);
        settings.put("gantry.controller.pod-cidrs", Compose.POD_RANGE);
        settings.put("gantry.controller.load-balancer-ranges", Compose.BALANCER_RANGE);
        finish(controller, settings);
    }

    private void monitoring() throws IOException {
        Holder monitoring = service("monitoring");
        ServiceProperties settings = apiClient(monitoring, Identities.MONITORING);
        monitoring.keep(pki, "metrics-server.crt", "metrics-server.key", "front-proxy-ca.crt");
        database(settings, "gantry_monitoring");
        finish(monitoring, settings);
    }

    /** Its addresses are known only in its container, so they are no part of its settings. */
    private void node(String name) throws IOException {
        Holder node = holder(name, Compose.ROOT);
        String identity = Identities.ofNode(name);
        // For curl, which takes what follows a colon for a password.
        node.write("node.crt", Files.readString(pki.resolve(identity + ".crt")));
        node.write("node.key", Files.readString(pki.resolve(identity + ".key")));
        ServiceProperties settings = apiClient(node, identity);
        settings.put("gantry.node.name", name);
        settings.put("gantry.node.service-cidrs", Compose.SERVICE_RANGE);
        settings.put("gantry.node.cluster-dns", Compose.DNS_ADDRESS);
        settings.put("gantry.node.load-balancer-ranges", Compose.BALANCER_RANGE);
        finish(node, settings);
    }

    private void admin() throws IOException {
        Holder admin = service("admin");
        kubeconfig(Identities.ADMIN, admin.folder().resolve(KUBECONFIG));
        new KubeconfigFile(CLUSTER, "https://127.0.0.1:" + hostPort, Identities.ADMIN)
                .write(admin.folder().resolve("host.kubeconfig"), pki);
        admin.giveAway();
    }

    private ServiceProperties apiClient(Holder holder, String identity) throws IOException {
        ServiceProperties settings = holder.kafkaClient(pki, identity);
        kubeconfig(identity, holder.folder().resolve(KUBECONFIG));
        settings.put("gantry.api.kubeconfig", Holder.seen(KUBECONFIG));
        return settings;
    }

    private void kubeconfig(String identity, Path target) throws IOException {
        String server = "https://" + Compose.GATEWAY + ":" + Compose.API_PORT;
        new KubeconfigFile(CLUSTER, server, identity).write(target, pki);
    }

    private void database(ServiceProperties settings, String role) throws IOException {
        settings.put(
                "spring.datasource.url",
                Compose.DATABASE + "?sslmode=verify-full&sslrootcert=" + Holder.seen("ca.crt"));
        settings.put("spring.datasource.username", role);
        settings.put("spring.datasource.password", password(role));
    }

    private String password(String role) throws IOException {
        return SecretFile.readOrMake(pki.resolveSibling("password-" + role));
    }

    private Holder service(String name) throws IOException {
        return holder(name, Compose.GANTRY_USER);
    }

    private Holder holder(String name, int user) throws IOException {
        Path folder = root.resolve(name);
        SecretFile.folder(folder);
        return new Holder(folder, user);
    }

    private static void finish(Holder holder, ServiceProperties settings) throws IOException {
        holder.write(SETTINGS, settings.text());
        holder.giveAway();
    }
}
