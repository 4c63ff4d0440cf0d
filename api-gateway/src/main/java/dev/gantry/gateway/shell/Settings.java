package dev.gantry.gateway.shell;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.audit.AuditSettings;
import dev.gantry.gateway.shell.reach.OwnAddresses;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the gateway is configured with.
 *
 * @param addresses where to listen; all of them if the list is empty
 * @param authenticationConfig a file of {@code AuthenticationConfiguration}
 * @param tokenWebhook a kubeconfig of the server that knows further tokens
 * @param authorizationConfig a file of {@code AuthorizationConfiguration}
 * @param takesBootstrapTokens whether Secrets of that type in kube-system let machines in
 * @param proxiesToItself whether pods and Services may be proxied to at addresses of this machine,
 *     as pods of the host's network on the control plane's own node are
 * @param seats how many requests are served at once, over all levels but the exempt one
 * @param isDebugged whether {@code /debug/} tells anything
 * @param feed where changes of roles come from; without, those of the start stay
 * @param inForce all of them by name, for people to read
 */
record Settings(
        int port,
        List<String> addresses,
        Optional<URI> stateUrl,
        AuditSettings audit,
        Optional<Path> authenticationConfig,
        Optional<Path> tokenWebhook,
        Optional<Path> authorizationConfig,
        boolean takesBootstrapTokens,
        Path pki,
        List<String> audiences,
        boolean proxiesToItself,
        int seats,
        boolean isDebugged,
        Optional<KafkaSettings> feed,
        SortedMap<String, String> inForce) {
    static final String AUTHENTICATION = "gantry.gateway.authentication-config";
    static final String TOKEN_WEBHOOK = "gantry.gateway.authentication-token-webhook-config";
    static final String AUTHORIZATION = "gantry.gateway.authorization-config";
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    /** Compat: twice upstream's 400 reading and 200 writing requests. */
    private static final int SEATS = 1_200;

    static Settings of(SettingSource given) {
        boolean isFollowingFeed = given.isOn("gantry.gateway.change-feed", true);
        return new Settings(
                given.number("gantry.gateway.port", 6443, 0, 65_535),
                given.list("gantry.gateway.addresses", ""),
                given.find("gantry.gateway.state-url").map(each -> stateUrl(given, each)),
                AuditSettings.of(given),
                given.find(AUTHENTICATION).map(Path::of),
                given.find(TOKEN_WEBHOOK).map(Path::of),
                given.find(AUTHORIZATION).map(Path::of),
                given.isOn("gantry.gateway.bootstrap-tokens", true),
                given.pki(),
                given.list("gantry.gateway.audiences", ISSUER),
                given.isOn("gantry.gateway.proxy-to-own-addresses", false),
                given.number("gantry.gateway.seats", SEATS, 1, 1_000_000),
                given.isOn("gantry.gateway.debug", false),
                isFollowingFeed ? Optional.of(given.kafka()) : Optional.empty(),
                given.inForce());
    }

    private static URI stateUrl(SettingSource given, String text) {
        String name = "gantry.gateway.state-url";
        URI url = given.parsed(name, "https://HOST:PORT", () -> URI.create(text));
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw given.wrong(name, "https://HOST:PORT");
        }
        return url;
    }

    List<InetSocketAddress> listenAddresses() {
        return addresses.isEmpty()
                ? List.of(new InetSocketAddress(port))
                : addresses.stream().map(each -> new InetSocketAddress(each, port)).toList();
    }

    /** Where to go for others, at addresses that they name. */
    Reach reach() {
        return proxiesToItself ? new Reach(Set.of()) : OwnAddresses.excluded();
    }

    String issuer() {
        return ISSUER;
    }
}
