package dev.gantry.monitoring.shell.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gantry.client.shell.start.DatabaseSettings;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happened to nodes, in the schema gantry_monitoring. Throws Spring's DataAccessException
 * where SQL fails.
 */
public final class HealthStore implements AutoCloseable {
    private static final String SCHEMA = "gantry_monitoring";

    private final HikariDataSource pool;
    private final LocalContainerEntityManagerFactoryBean factory;
    private final TransactionTemplate transactions;
    private final HealthChanges changes;

    private HealthStore(HikariDataSource pool, LocalContainerEntityManagerFactoryBean factory) {
        this.pool = pool;
        this.factory = factory;
        EntityManagerFactory entities = Objects.requireNonNull(factory.getObject());
        this.transactions = new TransactionTemplate(new JpaTransactionManager(entities));
        this.changes =
                new JpaRepositoryFactory(
                                SharedEntityManagerCreator.createSharedEntityManager(entities))
                        .getRepository(HealthChanges.class);
    }

    /** Brings the schema up to date first. */
    static HealthStore open(DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.username());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        config.setPoolName("health-history");
        var pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .table("monitoring_schema_history")
                    .locations("classpath:db/monitoring")
                    .load()
                    .migrate();
            return new HealthStore(pool, factory(pool));
        } catch (RuntimeException fault) {
            pool.close();
            throw fault;
        }
    }

    /** A change that is there already is left as it is. */
    void append(List<HealthChange> batch) {
        transactions.executeWithoutResult(
                _ -> {
                    for (HealthChange each : batch) {
                        if (!changes.existsByNodeAndRevision(each.node(), each.revision())) {
                            changes.save(each);
                        }
                    }
                });
    }

    void forgetBefore(Instant time) {
        transactions.executeWithoutResult(_ -> changes.deleteOlderThan(time));
    }

    /** The newest first. */
    List<HealthChange> of(String node, int limit) {
        return changes.findByNodeOrderByHappenedAtDesc(node, Limit.of(limit));
    }

    @Override
    public void close() {
        factory.destroy();
        pool.close();
    }

    private static LocalContainerEntityManagerFactoryBean factory(HikariDataSource pool) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(pool);
        factory.setPersistenceUnitName("health");
        factory.setPackagesToScan(HealthChange.class.getPackageName());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(
                Map.of("hibernate.default_schema", SCHEMA, "hibernate.hbm2ddl.auto", "none"));
        factory.afterPropertiesSet();
        return factory;
    }
}
