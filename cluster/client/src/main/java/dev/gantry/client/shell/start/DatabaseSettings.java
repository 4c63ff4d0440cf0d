package dev.gantry.client.shell.start;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a service's PostgreSQL is. */
public record DatabaseSettings(String url, String username, String password) {
    private static final String CONNECT_SECONDS = "2";

    /** Classes of SQL states that stay as they are until somebody changes a setting. */
    private static final String REFUSED = "28";

    private static final String UNKNOWN = "3D";

    /**
     * Asks once. A database that is away or starting is no reason to give up; one that knows us not
     * is.
     *
     * @throws BadSetting where PostgreSQL would refuse us for ever
     */
    public DatabaseSettings accepted() {
        var properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        try {
            DriverManager.getConnection(url, properties).close();
        } catch (SQLException no) {
            String state = String.valueOf(no.getSQLState());
            if (state.startsWith(REFUSED) || state.startsWith(UNKNOWN)) {
                throw new BadSetting(
                        "PostgreSQL refuses %s (spring.datasource.url, .username, .password): %s"
                                .formatted(this, no.getMessage()));
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return url + " as " + username;
    }
}
