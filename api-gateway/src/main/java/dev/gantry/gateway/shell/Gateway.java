package dev.gantry.gateway.shell;

import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.RunningParts;
import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.gateway.authentication.jwt.AnonymousAccess;
import dev.gantry.gateway.flowcontrol.FlowControl;
import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.aggregation.AggregatedRequests;
import dev.gantry.gateway.shell.aggregation.ApiServiceStore;
import dev.gantry.gateway.shell.aggregation.ExtensionClients;
import dev.gantry.gateway.shell.audit.AuditCounts;
import dev.gantry.gateway.shell.authorization.PastGuard;
import dev.gantry.gateway.shell.authorization.PodLookups;
import dev.gantry.gateway.shell.authorization.PolicyFeed;
import dev.gantry.gateway.shell.authorization.PolicyStart;
import dev.gantry.gateway.shell.authorization.PolicyStore;
import dev.gantry.gateway.shell.flowcontrol.FlowControlDump;
import dev.gantry.gateway.shell.flowcontrol.FlowControlLoop;
import dev.gantry.gateway.shell.flowcontrol.FlowControlMetrics;
import dev.gantry.gateway.shell.flowcontrol.FlowControlStore;
import dev.gantry.gateway.shell.flowcontrol.Limiter;
import dev.gantry.gateway.shell.forward.CloudForwarder;
import dev.gantry.gateway.shell.health.CertificateLifetimes;
import dev.gantry.gateway.shell.health.ElsewhereCounted;
import dev.gantry.gateway.shell.health.Metrics;
import dev.gantry.gateway.shell.health.OwnPaths;
import dev.gantry.gateway.shell.health.Probes;
import dev.gantry.gateway.shell.http.FilterChain;
import dev.gantry.gateway.shell.http.Listener;
import dev.gantry.gateway.shell.http.RequestEntry;
import dev.gantry.gateway.shell.http.RequestLog;
import dev.gantry.gateway.shell.http.Router;
import dev.gantry.gateway.shell.identity.Authenticator;
import dev.gantry.gateway.shell.identity.BootstrapTokens;
import dev.gantry.gateway.shell.identity.ConfiguredIssuers;
import dev.gantry.gateway.shell.identity.ConnectionIdentity;
import dev.gantry.gateway.shell.identity.TokenAuthenticator;
import dev.gantry.gateway.shell.identity.Tokens;
import dev.gantry.gateway.shell.identity.WebhookTokens;
import dev.gantry.gateway.shell.limit.Connections;
import dev.gantry.gateway.shell.limit.Deadlines;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.gateway.shell.review.Reviews;
import dev.gantry.gateway.shell.state.HttpBackend;
import dev.gantry.gateway.shell.state.StateAccess;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.gateway.shell.tls.ClientCertificates;
import dev.gantry.gateway.shell.tls.ClusterTls;
import dev.gantry.gateway.shell.tls.Pki;
import dev.gantry.gateway.shell.tls.ServerTls;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.request.Query;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The whole gateway: every part is constructed here, by hand, and what must be closed again is
 * closed in the opposite order.
 */
public final class Gateway implements AutoCloseable {
    private static final ObjectKey DEFAULT_NAMESPACE =
            new ObjectKey(Resources.NAMESPACES, "", "default");

    private final Settings settings;
    private final Pki pki;
    private final Clock clock = Clock.systemUTC();
    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    private final RunningParts running = new RunningParts();
    private final Listener listener;

    /**
     * Throws where a part cannot be had; then nothing is left open.
     *
     * @param inProcess the state service of this JVM, where there is one
     */
    static Gateway open(Settings settings, Optional<ApiBackend> inProcess) {
        return new Gateway(settings, inProcess);
    }

    private Gateway(Settings settings, Optional<ApiBackend> inProcess) {
        this.settings = settings;
        this.pki = new Pki(settings.pki());
        running.add(workers::shutdownNow);
        try {
            listener = listener(stateAccess(inProcess));
        } catch (RuntimeException | Error fault) {
            close();
            throw fault;
        }
    }

    /** The first port, which is of interest where the system chose it. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        running.close();
    }

    private Listener listener(StateAccess access) {
        StateClient state = new StateClient(access.backend());
        PolicyStore policies = new PolicyStore();
        ApiServiceStore apis = new ApiServiceStore();
        var stores = new PolicyFeed.Stores(policies, apis, new FlowControlStore());
        OperatorFiles files = new OperatorFiles(settings, running, clock);
        Authorizer authorizer =
                files.authorizer(policies::current, new NodeAuthorizer(new PodLookups(state)));
        StateAccess judged = files.hasOwnAuthorizers() ? access.judgedBy(authorizer) : access;
        Optional<Supplier<ConfiguredIssuers>> issuers = files.issuers();
        TokenAuthenticator tokens = tokens(state, files, issuers);
        Deadlines deadlines = running.add(new Deadlines().start());
        Limiter limiter = new Limiter(settings.seats(), FlowControl.bootstrap(), System::nanoTime);
        AuditCounts audited = new AuditCounts();
        CertificateLifetimes lifetimes = new CertificateLifetimes();
        Metrics metrics =
                metrics(
                        deadlines,
                        limiter,
                        state,
                        List.of(lifetimes::append, audited::append, apis.metrics()::append));
        Backends backends = running.add(new Backends(ClusterTls.forNodes(pki)));
        Router router =
                new Router(
                        ownPaths(
                                probes(stores, followed(stores, limiter, state), state),
                                metrics,
                                limiter,
                                state),
                        new Reviews(authorizer, tokens, settings.audiences()),
                        new Router.Elsewhere(
                                new OutsideRequests(
                                        state, judged.judging(), backends, settings.reach()),
                                new AggregatedRequests(apis, state, settings.reach())),
                        new PastGuard(state, authorizer),
                        judged);
        var limits = FilterChain.Limits.of(limiter);
        RequestEntry entry =
                new RequestEntry(
                        new FilterChain(
                                authenticator(lifetimes, tokens, issuers),
                                authorizer,
                                limits,
                                router),
                        forwarder(backends),
                        deadlines,
                        new RequestLog(files.auditTrail(audited), metrics, clock),
                        workers);
        return opened(entry, limits.connections());
    }

    private OwnPaths ownPaths(Probes probes, Metrics metrics, Limiter limiter, StateClient state) {
        return new OwnPaths(probes, metrics, debug(limiter), settings.inForce(), state::paths);
    }

    private Listener opened(RequestEntry entry, Connections connections) {
        var listener =
                new Listener(
                        settings.listenAddresses(), ServerTls.context(pki), connections, entry);
        listener.open();
        return running.add(listener);
    }

    private Metrics metrics(
            Deadlines deadlines,
            Limiter limiter,
            StateClient state,
            List<Consumer<StringBuilder>> others) {
        List<Consumer<StringBuilder>> all = new ArrayList<>(others);
        all.add(new FlowControlMetrics(limiter)::append);
        all.add(new ElsewhereCounted(state::metrics, workers)::append);
        return new Metrics(deadlines::count, all);
    }

    private CloudForwarder forwarder(Backends backends) {
        return running.add(
                new CloudForwarder(
                        ClusterTls.forNetty(pki),
                        backends,
                        running.add(new ExtensionClients(ClusterTls.asFrontProxy(pki))),
                        workers));
    }

    private StateAccess stateAccess(Optional<ApiBackend> inProcess) {
        if (inProcess.isPresent()) {
            return new StateAccess(inProcess.get(), Optional.empty());
        }
        URI url =
                settings.stateUrl()
                        .orElseThrow(
                                () ->
                                        new BadSetting(
                                                "gantry.gateway.state-url is not set, and no state"
                                                        + " service runs in this process"));
        return new StateAccess(new HttpBackend(url, ClusterTls.forJdk(pki)), Optional.of(url));
    }

    /** Ready is a gateway that reaches the state service and knows the roles. */
    private Probes probes(PolicyFeed.Stores stores, FlowControlLoop flow, StateClient state) {
        PolicyStart start = running.add(new PolicyStart(stores, state).start());
        Optional<PolicyFeed> feed =
                settings.feed().map(kafka -> running.add(new PolicyFeed(stores, kafka).start()));
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("state", () -> state.get(DEFAULT_NAMESPACE).isPresent());
        checks.put("kms-providers", () -> state.isWell("kms-providers"));
        checks.put("change-feed", () -> feed.map(PolicyFeed::isCaughtUp).orElse(true));
        checks.put("poststarthook/rbac/bootstrap-roles", start::isDone);
        checks.put("poststarthook/priority-and-fairness-config-consumer", flow::isDone);
        return new Probes(checks);
    }

    private FlowControlLoop followed(PolicyFeed.Stores stores, Limiter limiter, StateClient state) {
        return running.add(new FlowControlLoop(stores.flow(), limiter, state, clock).start());
    }

    private BiFunction<String, Query, Optional<String>> debug(Limiter limiter) {
        return settings.isDebugged()
                ? new FlowControlDump(limiter)::text
                : (_, _) -> Optional.empty();
    }

    private Authenticator authenticator(
            CertificateLifetimes lifetimes,
            TokenAuthenticator tokens,
            Optional<Supplier<ConfiguredIssuers>> issuers) {
        return new Authenticator(
                new ConnectionIdentity(new ClientCertificates(pki.authority()), lifetimes, clock),
                tokens,
                settings.audiences(),
                () ->
                        issuers.map(each -> each.get().anonymous())
                                .orElse(AnonymousAccess.EVERYWHERE));
    }

    /** Of service accounts, of machines that join, and of those whom the operator named. */
    private TokenAuthenticator tokens(
            StateClient state, OperatorFiles files, Optional<Supplier<ConfiguredIssuers>> issuers) {
        List<TokenAuthenticator> all = new ArrayList<>();
        all.add(
                new Tokens(
                        new PemFile(pki.tokenKey()).publicKey(), settings.issuer(), state, clock));
        if (settings.takesBootstrapTokens()) {
            all.add(new BootstrapTokens(state, settings.audiences(), clock));
        }
        issuers.ifPresent(each -> all.add(token -> each.get().verify(token)));
        files.tokenWebhook()
                .ifPresent(
                        server -> all.add(new WebhookTokens(server, settings.audiences(), clock)));
        return TokenAuthenticator.firstOf(all);
    }
}
