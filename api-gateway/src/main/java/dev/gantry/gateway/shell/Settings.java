package dev.gantry.gateway.shell;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What the gateway is configured with.
 *
 * @param addresses where to listen; all of them if the list is empty
 * @param isFollowingFeed whether changes of roles come from Kafka; without, those of the start stay
 */
record Settings(
        int port,
        List<String> addresses,
        Optional<URI> stateUrl,
        Optional<Path> auditLog,
        Path pki,
        List<String> audiences,
        boolean isFollowingFeed,
        Map<String, String> kafka,
        String topicPrefix) {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    static Settings of(Environment environment) {
        Binder binder = Binder.get(environment);
        var texts = Bindable.listOf(String.class);
        var pairs = Bindable.mapOf(String.class, String.class);
        return new Settings(
                binder.bind("gantry.gateway.port", Integer.class).orElse(6443),
                binder.bind("gantry.gateway.addresses", texts).orElse(List.of()),
                Optional.ofNullable(
                        binder.bind("gantry.gateway.state-url", URI.class).orElse(null)),
                Optional.ofNullable(
                        binder.bind("gantry.gateway.audit-log", Path.class).orElse(null)),
                Path.of(
                        binder.bind("gantry.pki.dir", String.class)
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "gantry.pki.dir is not set: the folder with"
                                                                + " ca.crt, apiserver.crt and so"
                                                                + " on"))),
                binder.bind("gantry.gateway.audiences", texts).orElse(List.of(ISSUER)),
                binder.bind("gantry.gateway.change-feed", Boolean.class).orElse(true),
                binder.bind("gantry.kafka.properties", pairs).orElse(Map.of()),
                binder.bind("gantry.kafka.topic-prefix", String.class).orElse("gantry."));
    }

    String issuer() {
        return ISSUER;
    }
}
