package dev.gantry.state.shell.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.history.History;
import dev.gantry.state.history.HistoryPoint;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.ObjectEncoder;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** The history through Spring Data. JPA is started by the first question: few ask, all wait. */
public final class JpaHistory implements History, AutoCloseable {
    private final DataSource database;
    private final ObjectEncoder encoder;
    private final Supplier<Revision> now;
    private @Nullable EntityManagerFactory factory;
    private @Nullable HistoryRows rows;

    /**
     * @param now the last committed revision
     */
    public JpaHistory(DataSource database, ObjectEncoder encoder, Supplier<Revision> now) {
        this.database = database;
        this.encoder = encoder;
        this.now = now;
    }

    @Override
    public PointInTime find(HistoryPoint moment) {
        return switch (moment) {
            case HistoryPoint.AtRevision at -> findRevision(at.revision());
            case HistoryPoint.AtTime at -> {
                Long found = rows().revisionAt(at.time());
                yield found == null
                        ? new PointInTime.Forgotten(
                                "the history no longer reaches back to " + at.time())
                        : new PointInTime.Known(new Revision(found));
            }
        };
    }

    private PointInTime findRevision(Revision wanted) {
        if (wanted.isAfter(now.get())) {
            return new PointInTime.NotYet(
                    "revision %s was not committed yet, the last one is %s"
                            .formatted(wanted, now.get()));
        }
        long floor = rows().floor();
        if (wanted.value() < floor) {
            return new PointInTime.Forgotten(
                    "the history begins at revision %d, %s is no longer known"
                            .formatted(floor, wanted));
        }
        return new PointInTime.Known(wanted);
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key, Revision at) {
        return rows().lastState(key.resource().toString(), key.namespace(), key.name(), at.value())
                .filter(row -> !row.isRemoval())
                .map(this::decode);
    }

    @Override
    public List<StoredObject> list(GroupResource resource, String namespace, Revision at) {
        List<HistoryRow> found =
                namespace.isEmpty()
                        ? rows().lastStates(resource.toString(), at.value())
                        : rows().lastStatesIn(resource.toString(), namespace, at.value());
        return found.stream().map(this::decode).toList();
    }

    @Override
    public synchronized void close() {
        if (factory != null) {
            factory.close();
        }
    }

    private StoredObject decode(HistoryRow row) {
        var key = new ObjectKey(GroupResource.parse(row.resource()), row.namespace(), row.name());
        return encoder.decode(key, new Revision(row.revision()), row.body().getBytes(UTF_8));
    }

    private synchronized HistoryRows rows() {
        HistoryRows made = rows;
        if (made == null) {
            EntityManagerFactory started = start();
            made =
                    new JpaRepositoryFactory(
                                    SharedEntityManagerCreator.createSharedEntityManager(started))
                            .getRepository(HistoryRows.class);
            factory = started;
            rows = made;
        }
        return made;
    }

    private EntityManagerFactory start() {
        var bean = new LocalContainerEntityManagerFactoryBean();
        bean.setPersistenceUnitName("history");
        bean.setDataSource(database);
        bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        bean.setManagedTypes(PersistenceManagedTypes.of(HistoryRow.class.getName()));
        bean.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "none"));
        bean.afterPropertiesSet();
        return Objects.requireNonNull(bean.getObject());
    }
}
