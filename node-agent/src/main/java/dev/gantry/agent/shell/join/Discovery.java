package dev.gantry.agent.shell.join;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.join.AuthorityHash;
import dev.gantry.agent.join.CannotJoin;
import dev.gantry.agent.join.DiscoveredCluster;
import dev.gantry.agent.join.JoinOptions;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Finds the cluster that a person means.
 *
 * <ol>
 *   <li>Anybody may have answered: its description is believed only as far as the token signed it.
 *   <li>Anybody with the token may have signed it: the authority in it has to have the hash.
 *   <li>Its certificate is no secret: the server has to prove that the authority vouches for it,
 *       and tell the same.
 * </ol>
 */
final class Discovery {
    private static final ObjectKey DESCRIPTION =
            new ObjectKey(Resources.CONFIG_MAPS, "kube-public", "cluster-info");

    private Discovery() {}

    /**
     * @param authority certificates in PEM
     */
    record Cluster(String server, String authority, X509TrustManager trust) {}

    static Cluster find(JoinOptions options) throws IOException {
        String claimed =
                description(ClusterAccess.withToken(options.server(), ""))
                        .vouchedFor(options.token());
        Cluster found = read(claimed, options.authority());
        String proved = proved(found).vouchedFor(options.token());
        if (!proved.equals(claimed)) {
            throw new CannotJoin("%s tells one thing and another".formatted(options.server()));
        }
        return found;
    }

    private static DiscoveredCluster proved(Cluster found) throws IOException {
        try {
            return description(ClusterAccess.withToken(found.server, "", found.trust));
        } catch (ApiUnreachable away) {
            if (away.getCause() instanceof SSLException unproved) {
                throw new CannotJoin(
                        ("somebody may stand in between: %s does not prove that the authority"
                                        + " vouches for it: %s")
                                .formatted(found.server, unproved.getMessage()),
                        away);
            }
            throw away;
        }
    }

    private static DiscoveredCluster description(ClusterAccess access) {
        try {
            return DiscoveredCluster.of(
                    ClusterApi.of(access)
                            .get(DESCRIPTION)
                            .orElseThrow(() -> new CannotJoin(nothingAt(access))));
        } catch (ApiRefused refused) {
            throw new CannotJoin(nothingAt(access) + ": " + refused.getMessage(), refused);
        }
    }

    private static String nothingAt(ClusterAccess access) {
        return "%s does not describe its cluster (%s/%s); ./gantry token create there makes it do so"
                .formatted(access.server(), DESCRIPTION.namespace(), DESCRIPTION.name());
    }

    private static Cluster read(String kubeconfig, AuthorityHash wanted) throws IOException {
        try {
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(kubeconfig);
            Map<?, ?> cluster = cluster(tree).orElseThrow(() -> malformed(null));
            String server = String.valueOf(cluster.get("server"));
            byte[] pem =
                    Base64.getDecoder()
                            .decode(String.valueOf(cluster.get("certificate-authority-data")));
            List<X509Certificate> authorities = Pem.certificates(pem);
            requireHash(authorities, wanted);
            return new Cluster(server, new String(pem, UTF_8), KeyMaterial.trusting(authorities));
        } catch (YAMLException | IllegalArgumentException | GeneralSecurityException malformed) {
            throw malformed(malformed);
        }
    }

    /** Each of them: to be trusted, all have to be those that were meant. */
    private static void requireHash(List<X509Certificate> authorities, AuthorityHash wanted) {
        List<AuthorityHash> found =
                authorities.stream().map(each -> AuthorityHash.of(each.getPublicKey())).toList();
        if (found.isEmpty() || !found.stream().allMatch(wanted::equals)) {
            throw new CannotJoin(
                    ("this is not the cluster that was meant, or somebody stands in between: its"
                                    + " authority has the hash %s, not %s")
                            .formatted(found, wanted));
        }
    }

    private static Optional<Map<?, ?>> cluster(Object tree) {
        if (tree instanceof Map<?, ?> config
                && config.get("clusters") instanceof List<?> clusters
                && clusters.size() == 1
                && clusters.getFirst() instanceof Map<?, ?> entry
                && entry.get("cluster") instanceof Map<?, ?> cluster) {
            return Optional.of(cluster);
        }
        return Optional.empty();
    }

    private static CannotJoin malformed(@Nullable Exception why) {
        String message = "the description of the cluster is no kubeconfig with one cluster";
        return why == null ? new CannotJoin(message) : new CannotJoin(message, why);
    }
}
