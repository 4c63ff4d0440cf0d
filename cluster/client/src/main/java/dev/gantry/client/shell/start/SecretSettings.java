package dev.gantry.client.shell.start;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Which settings are not told to those who may look at what is in force. */
final class SecretSettings {
    /** Compat: what {@code /flagz} says in place of such a value. */
    static final String CLASSIFIED = "CLASSIFIED";

    private static final Pattern OF_KAFKA = Pattern.compile("gantry\\.kafka\\.properties\\[(.+)]");
    private static final Set<ConfigDef.Type> OPEN_TYPES =
            Set.of(
                    ConfigDef.Type.BOOLEAN,
                    ConfigDef.Type.INT,
                    ConfigDef.Type.LIST,
                    ConfigDef.Type.LONG,
                    ConfigDef.Type.SHORT,
                    ConfigDef.Type.STRING);

    private SecretSettings() {}

    /** A property that Kafka does not know may be anything; so it counts as one. */
    static boolean holds(String name, String value) {
        var property = OF_KAFKA.matcher(name);
        if (property.matches()) {
            ConfigKey known = ProducerConfig.configDef().configKeys().get(property.group(1));
            return known == null || !OPEN_TYPES.contains(known.type);
        }
        return isOfSecret(name) || value.startsWith("jdbc:") && isOfSecret(value);
    }

    private static boolean isOfSecret(String text) {
        return text.toLowerCase(Locale.ROOT).contains("password");
    }
}
