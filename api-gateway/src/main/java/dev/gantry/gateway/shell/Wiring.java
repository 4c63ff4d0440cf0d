package dev.gantry.gateway.shell;

import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.authorization.Authorizer;
import dev.gantry.gateway.shell.authorization.PastGuard;
import dev.gantry.gateway.shell.authorization.PodLookups;
import dev.gantry.gateway.shell.authorization.PolicyStart;
import dev.gantry.gateway.shell.authorization.PolicyStore;
import dev.gantry.gateway.shell.forward.CloudForwarder;
import dev.gantry.gateway.shell.health.Metrics;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.health.Probes;
import dev.gantry.gateway.shell.http.Destinations;
import dev.gantry.gateway.shell.http.FrontDoor;
import dev.gantry.gateway.shell.http.Gate;
import dev.gantry.gateway.shell.http.Journal;
import dev.gantry.gateway.shell.http.Listener;
import dev.gantry.gateway.shell.identity.Authenticator;
import dev.gantry.gateway.shell.identity.Tokens;
import dev.gantry.gateway.shell.limit.Connections;
import dev.gantry.gateway.shell.limit.Deadlines;
import dev.gantry.gateway.shell.limit.Limiter;
import dev.gantry.gateway.shell.limit.Tally;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.gateway.shell.reach.OwnAddresses;
import dev.gantry.gateway.shell.review.Reviews;
import dev.gantry.gateway.shell.state.HttpBackend;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.gateway.shell.state.StateDoor;
import dev.gantry.gateway.shell.tls.ClientCertificates;
import dev.gantry.gateway.shell.tls.ClusterTls;
import dev.gantry.gateway.shell.tls.Pem;
import dev.gantry.gateway.shell.tls.Pki;
import dev.gantry.gateway.shell.tls.ServerTls;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every object of the gateway, constructed by hand. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final ObjectKey DEFAULT_NAMESPACE =
            new ObjectKey(Resources.NAMESPACES, "", "default");

    @Bean
    Settings settings(SettingSource given) {
        return Settings.of(given);
    }

    @Bean
    Pki pki(Settings settings) {
        return new Pki(settings.pki());
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService workers() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    }

    @Bean
    PolicyStore policyStore() {
        return new PolicyStore();
    }

    @Bean
    StateDoor stateDoor(Settings settings, Pki pki, InProcess inProcess) {
        if (inProcess.backend().isPresent()) {
            return new StateDoor(inProcess.backend().get(), Optional.empty());
        }
        URI url =
                settings.stateUrl()
                        .orElseThrow(
                                () ->
                                        new BadSetting(
                                                "gantry.gateway.state-url is not set, and no state"
                                                        + " service runs in this process"));
        return new StateDoor(new HttpBackend(url, ClusterTls.forJdk(pki)), Optional.of(url));
    }

    @Bean
    StateClient stateClient(StateDoor door) {
        return new StateClient(door.backend());
    }

    @Bean
    Authorizer authorizer(PolicyStore policies, StateClient state) {
        return new Authorizer(policies::current, new NodeAuthorizer(new PodLookups(state)));
    }

    @Bean
    PolicyStart policyStart(PolicyStore policies, StateClient state) {
        return new PolicyStart(policies, state).start();
    }

    @Bean
    PolicyFollower policyFollower(Settings settings, PolicyStore policies) {
        return PolicyFollower.of(settings, policies);
    }

    @Bean
    Tokens tokens(Settings settings, Pki pki, StateClient state) {
        return new Tokens(
                Pem.publicKey(pki.tokenKey()), settings.issuer(), state, Clock.systemUTC());
    }

    @Bean
    Authenticator authenticator(Settings settings, Pki pki, Tokens tokens) {
        return new Authenticator(
                new ClientCertificates(pki.authority()),
                tokens,
                settings.audiences(),
                Clock.systemUTC());
    }

    @Bean
    Metrics metrics(Deadlines deadlines) {
        return new Metrics(deadlines::count);
    }

    @Bean
    OwnPaths ownPaths(
            StateClient state, PolicyFollower follower, PolicyStart start, Metrics metrics) {
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("state", () -> state.get(DEFAULT_NAMESPACE).isPresent());
        checks.put("change-feed", follower::isCaughtUp);
        checks.put("poststarthook/rbac/bootstrap-roles", start::isDone);
        return new OwnPaths(new Probes(checks), metrics);
    }

    @Bean
    Backends backends(Pki pki) {
        return new Backends(ClusterTls.forNodes(pki));
    }

    @Bean
    OutsideRequests outsideRequests(Settings settings, StateClient state, Backends backends) {
        Reach reach = settings.proxiesToItself() ? new Reach(Set.of()) : OwnAddresses.excluded();
        return new OutsideRequests(state, backends, reach);
    }

    @Bean
    HttpHeadersFilter hopByHop() {
        return new RemoveHopByHopHeadersFilter();
    }

    @Bean
    CloudForwarder cloudForwarder(
            Pki pki,
            Backends backends,
            ObjectProvider<List<HttpHeadersFilter>> headers,
            ExecutorService workers) {
        var ends = new CloudForwarder.Ends(ClusterTls.forNetty(pki), backends);
        return new CloudForwarder(ends, headers, workers);
    }

    @Bean
    Reviews reviews(Settings settings, Authorizer authorizer, Tokens tokens) {
        return new Reviews(authorizer, tokens, settings.audiences());
    }

    @Bean
    PastGuard pastGuard(StateClient state, Authorizer authorizer) {
        return new PastGuard(state, authorizer);
    }

    @Bean
    Destinations destinations(
            OwnPaths ownPaths,
            Reviews reviews,
            OutsideRequests outside,
            PastGuard past,
            StateDoor door) {
        return new Destinations(ownPaths, reviews, outside, past, door);
    }

    @Bean
    Connections connections() {
        return new Connections();
    }

    @Bean
    Gate gate(
            Authenticator authenticator,
            Authorizer authorizer,
            Connections connections,
            Destinations destinations) {
        return new Gate(
                authenticator,
                authorizer,
                new Gate.Limits(new Limiter(), connections, new Tally()),
                destinations);
    }

    @Bean
    Deadlines deadlines() {
        return new Deadlines().start();
    }

    @Bean
    AuditTrail auditTrail(Settings settings) {
        return AuditTrail.of(settings);
    }

    @Bean
    Journal journal(AuditTrail trail, Metrics metrics) {
        return new Journal(trail.log(), metrics, Clock.systemUTC());
    }

    @Bean
    FrontDoor.Rooms rooms(Connections connections, ExecutorService workers) {
        return new FrontDoor.Rooms(connections, workers);
    }

    @Bean
    FrontDoor frontDoor(
            Gate gate,
            CloudForwarder forwarder,
            Deadlines deadlines,
            Journal journal,
            FrontDoor.Rooms rooms) {
        return new FrontDoor(gate, forwarder, deadlines, journal, rooms);
    }

    @Bean(initMethod = "open")
    Listener listener(Settings settings, Pki pki, Connections connections, FrontDoor door) {
        List<InetSocketAddress> addresses =
                settings.addresses().isEmpty()
                        ? List.of(new InetSocketAddress(settings.port()))
                        : settings.addresses().stream()
                                .map(each -> new InetSocketAddress(each, settings.port()))
                                .toList();
        return new Listener(addresses, ServerTls.context(pki), connections, door);
    }
}
