package dev.gantry.state.shell;

import com.zaxxer.hikari.HikariDataSource;
import dev.gantry.client.shell.start.DatabaseSettings;
import dev.gantry.client.shell.start.RunningParts;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.shell.aggregation.ApiServices;
import dev.gantry.state.shell.aggregation.ExtensionClient;
import dev.gantry.state.shell.api.StateBackend;
import dev.gantry.state.shell.api.token.TokenSigner;
import dev.gantry.state.shell.catalog.CurrentCatalog;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import dev.gantry.state.shell.catalog.Dependencies;
import dev.gantry.state.shell.catalog.Instances;
import dev.gantry.state.shell.http.HttpsDoor;
import dev.gantry.state.shell.policy.PolicyStatuses;
import dev.gantry.state.shell.store.StateStore;
import dev.gantry.state.shell.store.StoreSettings;
import dev.gantry.state.view.View;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The whole state service, put together by hand: which parts there are, what each is made of, and
 * in which order they start. They stop in the opposite one.
 */
public final class StateServer implements AutoCloseable {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final int CONNECTIONS = 6;
    private static final long RECONNECT_MILLIS = 2000;

    private final Settings settings;
    private final CurrentCatalog catalog;
    private final RunningParts running = new RunningParts();
    private final ApiBackend backend;
    private final Optional<HttpsDoor> door;

    /**
     * Returns once the state is there and a new cluster has its first objects; where the database
     * keeps it waiting, after a while all the same. Throws where a part cannot be had; then nothing
     * is left running.
     */
    static StateServer open(SettingSource given) {
        return new StateServer(new Settings(given));
    }

    private StateServer(Settings settings) {
        this.settings = settings;
        this.catalog =
                new CurrentCatalog(BuiltinKinds.CATALOG.concealing(settings.encryption()::seals));
        try {
            StateStore store = running.start(store(), StateStore::start);
            this.backend = backend(store);
            running.start(definitions(store), CustomResourceDefinitions::start);
            running.start(apiServices(store), ApiServices::start);
            running.start(new PolicyStatuses(dependencies(store)), PolicyStatuses::start);
            running.start(
                    new FirstObjects(store::awaitReady, backend, settings.firstObjects()),
                    FirstObjects::start);
            this.door = settings.endpoint().map(this::open);
        } catch (RuntimeException | Error fault) {
            running.close();
            throw fault;
        }
    }

    /** The API, for those in the same process. */
    public ApiBackend backend() {
        return backend;
    }

    /** That of the API; empty where the service has none. */
    Optional<Integer> port() {
        return door.map(HttpsDoor::port);
    }

    @Override
    public void close() {
        running.close();
    }

    private StateStore store() {
        return new StateStore(
                running.add(database()),
                settings.given().kafka(),
                catalog,
                StoreSettings.of(
                        settings.dataKeyFile(),
                        settings.encryption(),
                        ManagementFactory.getRuntimeMXBean().getName()));
    }

    private HikariDataSource database() {
        DatabaseSettings given = settings.given().database().accepted();
        HikariDataSource database = new HikariDataSource();
        database.setPoolName("gantry-state");
        database.setJdbcUrl(given.url());
        database.setUsername(given.username());
        database.setPassword(given.password());
        database.setMaximumPoolSize(CONNECTIONS);
        database.setMinimumIdle(1);
        // Also how long the pool pauses between tries, and so how late a returned database is seen.
        database.setConnectionTimeout(RECONNECT_MILLIS);
        // The service starts without the database too, and waits for it.
        database.setInitializationFailTimeout(-1);
        return database;
    }

    private ApiBackend backend(StateStore store) {
        TokenSigner signer =
                new TokenSigner(
                        ISSUER,
                        new PemFile(settings.pki("sa.key")).privateKey(),
                        new PemFile(settings.pki("sa.pub")).curvePublicKey());
        return new StateBackend(
                new StateBackend.Ground(
                        store.log(),
                        store.history(),
                        catalog,
                        signer,
                        settings.allocation(),
                        settings.admission(),
                        new StateBackend.Door(
                                () -> store.isReady() && catalog.isComplete(),
                                store::isLeading,
                                store::isEncryptionWell,
                                settings.plan().apiServer())),
                Clock.systemUTC());
    }

    private CustomResourceDefinitions definitions(StateStore store) {
        return new CustomResourceDefinitions(dependencies(store), InstantSource.system());
    }

    private ApiServices apiServices(StateStore store) {
        return new ApiServices(
                dependencies(store),
                new ExtensionClient(new View.Live(store.log()), settings.given().pki()),
                InstantSource.system());
    }

    private Dependencies dependencies(StateStore store) {
        return new Dependencies(store.log(), catalog, new Instances(backend), store::awaitReady);
    }

    private HttpsDoor open(Settings.Endpoint endpoint) {
        return running.add(
                HttpsDoor.open(
                        backend,
                        new HttpsDoor.Place(endpoint.address(), endpoint.port()),
                        new HttpsDoor.Identity(
                                settings.pki("state.crt"),
                                settings.pki("state.key"),
                                settings.pki("ca.crt"))));
    }
}
