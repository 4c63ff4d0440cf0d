package dev.gantry.gateway.shell;

import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.RunningParts;
import dev.gantry.gateway.audit.AuditPolicy;
import dev.gantry.gateway.authentication.jwt.AuthenticationConfiguration;
import dev.gantry.gateway.authorization.AuthorizationConfiguration;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.audit.AuditCounts;
import dev.gantry.gateway.shell.audit.AuditSettings;
import dev.gantry.gateway.shell.audit.AuditTrail;
import dev.gantry.gateway.shell.authorization.ConfiguredAuthorizers;
import dev.gantry.gateway.shell.configuration.ReloadedFile;
import dev.gantry.gateway.shell.identity.ConfiguredIssuers;
import dev.gantry.gateway.shell.webhook.WebhookServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What the operator configures in files of their own: whom to believe, ask and write down. */
record OperatorFiles(Settings settings, RunningParts running, Clock clock) {
    private static final Duration TOKEN_PATIENCE = Duration.ofSeconds(10);

    Optional<Supplier<ConfiguredIssuers>> issuers() {
        return settings.authenticationConfig()
                .map(path -> followed(Settings.AUTHENTICATION, path, this::read));
    }

    private ConfiguredIssuers read(JsonNode file) {
        return new ConfiguredIssuers(
                AuthenticationConfiguration.read(file, settings.issuer()),
                settings.audiences(),
                isReached(),
                clock);
    }

    private Predicate<InetAddress> isReached() {
        Reach reach = settings.reach();
        return each -> reach.address(each.getHostAddress()).isPresent();
    }

    Optional<WebhookServer> tokenWebhook() {
        return settings.tokenWebhook().map(OperatorFiles::serverOf);
    }

    private static WebhookServer serverOf(Path kubeconfig) {
        try {
            return new WebhookServer(kubeconfig, TOKEN_PATIENCE);
        } catch (IllegalArgumentException useless) {
            throw new BadSetting(Settings.TOKEN_WEBHOOK + ": " + useless.getMessage());
        }
    }

    /** Whether there are authorizers that the state service does not know. */
    boolean hasOwnAuthorizers() {
        return settings.authorizationConfig().isPresent();
    }

    /** Compat: without a file, as with {@code --authorization-mode=Node,RBAC}. */
    Authorizer authorizer(Supplier<RbacPolicy> policy, NodeAuthorizer nodes) {
        if (settings.authorizationConfig().isEmpty()) {
            return new Authorizer(policy, nodes);
        }
        var configured = new ConfiguredAuthorizers(policy, nodes, clock);
        return new Authorizer(
                followed(
                        Settings.AUTHORIZATION,
                        settings.authorizationConfig().get(),
                        file -> configured.chain(AuthorizationConfiguration.read(file))));
    }

    Optional<AuditTrail> auditTrail(AuditCounts counts) {
        Optional<Supplier<AuditPolicy>> policy =
                settings.audit()
                        .policy()
                        .map(path -> followed(AuditSettings.POLICY, path, AuditPolicy::read));
        return AuditTrail.open(settings.audit(), policy, counts, clock).map(running::add);
    }

    /** What a file says at this moment. */
    private <T> Supplier<T> followed(String setting, Path path, Function<JsonNode, T> reading) {
        return running.add(new ReloadedFile<>(setting, path, reading).start());
    }
}
