package dev.gantry.local.join;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token with which machines join for a while.
 *
 * <p>Compat: the Secret is that of {@code kubeadm token create}.
 */
public record BootstrapToken(String id, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 6;
    private static final int SECRET_LENGTH = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static BootstrapToken random() {
        return new BootstrapToken(random(ID_LENGTH), random(SECRET_LENGTH));
    }

    /**
     * Stores it, and waits until the description of the cluster is signed with it.
     *
     * @param life zero for ever
     */
    public void store(ClusterApi api, Duration life) throws IOException, InterruptedException {
        Map<String, String> values = new TreeMap<>();
        values.put("token-id", id);
        values.put("token-secret", secret);
        values.put("usage-bootstrap-authentication", "true");
        values.put("usage-bootstrap-signing", "true");
        values.put("auth-extra-groups", "system:bootstrappers:kubeadm:default-node-token");
        if (life.isPositive()) {
            values.put(
                    "expiration",
                    Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS).toString());
        }
        api.create(Resources.SECRETS, object(values));
        awaitSignature(api);
    }

    private Resource object(Map<String, String> values) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Secret");
        object.put("type", "bootstrap.kubernetes.io/token");
        object.putObject("metadata")
                .put("name", "bootstrap-token-" + id)
                .put("namespace", "kube-system");
        ObjectNode data = object.putObject("data");
        values.forEach(
                (name, value) ->
                        data.put(name, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        return new Resource(object);
    }

    private void awaitSignature(ClusterApi api) throws IOException, InterruptedException {
        var signed = new CountDownLatch(1);
        try (var _ = watch(api, signed)) {
            if (!signed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(
                        "the token is stored, but the controllers have not signed"
                                + " kube-public/cluster-info with it yet: do they run?");
            }
        }
    }

    private ApiWatch watch(ClusterApi api, CountDownLatch signed) {
        return new ApiWatch(
                        api,
                        Resources.CONFIG_MAPS,
                        "kube-public",
                        "fieldSelector=metadata.name%3Dcluster-info",
                        new ApiWatch.Listener() {
                            @Override
                            public void onObject(Resource map) {
                                if (map.tree().path("data").has("jws-kubeconfig-" + id)) {
                                    signed.countDown();
                                }
                            }

                            @Override
                            public void onGone(ObjectKey key) {
                                // Whoever deleted it will be told by the one who waits.
                            }
                        })
                .start();
    }

    private static String random(int length) {
        var text = new StringBuilder();
        RANDOM.ints(length, 0, LETTERS.length()).forEach(each -> text.append(LETTERS.charAt(each)));
        return text.toString();
    }

    @Override
    public String toString() {
        return id + "." + secret;
    }
}
