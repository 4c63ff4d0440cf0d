package dev.gantry.state.shell.postgres;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the database to the form that this release needs. */
public final class Schema {
    public static final String NAME = "gantry";

    private Schema() {}

    /** May run in several replicas at once: Flyway lets one go first. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(NAME)
                .defaultSchema(NAME)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
