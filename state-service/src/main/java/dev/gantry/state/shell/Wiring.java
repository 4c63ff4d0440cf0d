package dev.gantry.state.shell;

import com.zaxxer.hikari.HikariDataSource;
import dev.gantry.client.shell.start.DatabaseSettings;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.shell.api.StateBackend;
import dev.gantry.state.shell.api.token.TokenSigner;
import dev.gantry.state.shell.catalog.CurrentCatalog;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions;
import dev.gantry.state.shell.catalog.Instances;
import dev.gantry.state.shell.http.HttpsDoor;
import dev.gantry.state.shell.http.Pem;
import dev.gantry.state.shell.store.StateStore;
import dev.gantry.state.shell.store.StoreSettings;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the service together. Constructor calls only. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final int CONNECTIONS = 6;
    private static final long RECONNECT_MILLIS = 2000;

    @Bean
    Settings settings(SettingSource given) {
        return new Settings(given);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource database(SettingSource given) {
        DatabaseSettings settings = given.database().accepted();
        HikariDataSource database = new HikariDataSource();
        database.setPoolName("gantry-state");
        database.setJdbcUrl(settings.url());
        database.setUsername(settings.username());
        database.setPassword(settings.password());
        database.setMaximumPoolSize(CONNECTIONS);
        database.setMinimumIdle(1);
        // Also how long the pool pauses between tries, and so how late a returned database is seen.
        database.setConnectionTimeout(RECONNECT_MILLIS);
        // The service starts without the database too, and waits for it.
        database.setInitializationFailTimeout(-1);
        return database;
    }

    @Bean
    CurrentCatalog catalog() {
        return new CurrentCatalog(BuiltinKinds.CATALOG);
    }

    @Bean(destroyMethod = "close")
    StateStore store(DataSource database, CurrentCatalog catalog, Settings settings) {
        StateStore store =
                new StateStore(
                        database,
                        settings.given().kafka(),
                        catalog,
                        StoreSettings.of(
                                settings.dataKeyFile(),
                                ManagementFactory.getRuntimeMXBean().getName()));
        store.start();
        return store;
    }

    @Bean
    ApiBackend backend(StateStore store, CurrentCatalog catalog, Settings settings) {
        TokenSigner signer =
                new TokenSigner(
                        ISSUER,
                        Pem.privateKey(settings.pki("sa.key")),
                        Pem.publicKey(settings.pki("sa.pub")));
        StateBackend.Ground ground =
                new StateBackend.Ground(
                        store.log(),
                        store.history(),
                        catalog,
                        signer,
                        settings.allocation(),
                        new StateBackend.Door(
                                () -> store.isReady() && catalog.isComplete(),
                                settings.plan().apiServer()));
        return new StateBackend(ground, Clock.systemUTC());
    }

    @Bean(destroyMethod = "close")
    CustomResourceDefinitions definitions(
            StateStore store, CurrentCatalog catalog, ApiBackend backend) {
        return new CustomResourceDefinitions(
                        new CustomResourceDefinitions.Ground(
                                store.log(), catalog, new Instances(backend), store::awaitReady),
                        InstantSource.system())
                .start();
    }

    @Bean(destroyMethod = "close")
    FirstObjects firstObjects(
            StateStore store,
            ApiBackend backend,
            CustomResourceDefinitions definitions,
            Settings settings) {
        return new FirstObjects(store::awaitReady, backend, settings.plan()).start();
    }

    @Bean(destroyMethod = "close")
    Door door(ApiBackend backend, Settings settings) {
        return new Door(
                settings.endpoint()
                        .map(
                                each ->
                                        HttpsDoor.open(
                                                backend,
                                                new HttpsDoor.Place(each.address(), each.port()),
                                                new HttpsDoor.Identity(
                                                        settings.pki("state.crt"),
                                                        settings.pki("state.key"),
                                                        settings.pki("ca.crt")))));
    }
}
