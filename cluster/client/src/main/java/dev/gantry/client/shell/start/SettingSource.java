package dev.gantry.client.shell.start;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What a service was given, in files, arguments or the environment. Read by the one thread that
 * puts the service together; what is in force is told to anybody.
 */
public final class SettingSource {
    private static final String KAFKA = "gantry.kafka.properties";
    private static final String DATABASE = "spring.datasource.url";
    private static final String DATABASE_URL = "jdbc:postgresql://HOST:PORT/DATABASE";

    private final Environment environment;
    private final Binder binder;
    private final TreeSet<String> known = new TreeSet<>();
    private final SortedMap<String, String> inForce = new ConcurrentSkipListMap<>();

    public SettingSource(Environment environment) {
        this.environment = environment;
        this.binder = Binder.get(environment);
    }

    /** Empty where it is not set, or set to nothing. */
    public Optional<String> find(String name) {
        Optional<String> found =
                bound(name, Bindable.of(String.class)).map(String::strip).filter(t -> !t.isEmpty());
        note(name, found.orElse(""));
        return found;
    }

    public String text(String name, String otherwise) {
        String text = find(name).orElse(otherwise);
        note(name, text);
        return text;
    }

    /**
     * @param meaning what it is, for a person who has not set it
     */
    public String need(String name, String meaning) {
        return find(name)
                .orElseThrow(() -> new BadSetting(name + " is not set, expected " + meaning));
    }

    public int number(String name, int otherwise, int least, int most) {
        String expected = "a whole number from %d to %d".formatted(least, most);
        String text = text(name, Integer.toString(otherwise));
        int number = parsed(name, expected, () -> Integer.parseInt(text));
        if (number < least || number > most) {
            throw wrong(name, expected);
        }
        return number;
    }

    public boolean isOn(String name, boolean otherwise) {
        return switch (text(name, Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /** Separated by commas. */
    public List<String> list(String name, String otherwise) {
        List<String> list =
                bound(name, Bindable.listOf(String.class))
                        .orElseGet(() -> List.of(otherwise.split(",", -1)))
                        .stream()
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList();
        note(name, String.join(",", list));
        return list;
    }

    /** All settings below a name, by the rest of theirs. */
    public SortedMap<String, String> group(String name) {
        SortedMap<String, String> group =
                bound(name, Bindable.mapOf(String.class, String.class))
                        .map(TreeMap::new)
                        .orElseGet(TreeMap::new);
        String form = name.equals(KAFKA) ? "%s[%s]" : "%s.%s";
        group.forEach((each, value) -> note(form.formatted(name, each), value));
        return group;
    }

    /** Every setting that was asked for, with its value; of what may be secret, not the value. */
    public SortedMap<String, String> inForce() {
        return new TreeMap<>(inForce);
    }

    public Path readableFile(String name, String meaning) {
        Path file = Path.of(need(name, meaning));
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw wrong(name, "a file that is there and may be read: " + meaning);
        }
        return file;
    }

    public Path readableFolder(String name, String meaning) {
        Path folder = Path.of(need(name, meaning));
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            throw wrong(name, "a folder that is there and may be read: " + meaning);
        }
        return folder;
    }

    /** As {@link #explained}, for a reading that only knows that the text is wrong. */
    public <T> T parsed(String name, String expected, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException wrong) {
            throw wrong(name, expected);
        }
    }

    /** What is made of settings; an IllegalArgumentException there says what is wrong with them. */
    public <T> T explained(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException wrong) {
            throw new BadSetting("%s: %s%s".formatted(name, wrong.getMessage(), origin(name)));
        }
    }

    /** How to reach the API, and as whom. */
    public Path kubeconfig() {
        return readableFile("gantry.api.kubeconfig", "the kubeconfig of this service");
    }

    public Path pki() {
        return readableFolder("gantry.pki.dir", "ca.crt and the keys and certificates beside it");
    }

    public KafkaSettings kafka() {
        Map<String, String> connection = group(KAFKA);
        if (connection.getOrDefault("bootstrap.servers", "").isBlank()) {
            throw new BadSetting(
                    KAFKA + "[bootstrap.servers] is not set, expected Kafka's HOST:PORT");
        }
        return new KafkaSettings(
                connection, new Topics(text("gantry.kafka.topic-prefix", Topics.DEFAULT_PREFIX)));
    }

    public DatabaseSettings database() {
        String url = need(DATABASE, DATABASE_URL);
        if (!url.startsWith("jdbc:postgresql:")) {
            throw wrong(DATABASE, DATABASE_URL);
        }
        return new DatabaseSettings(
                url,
                need("spring.datasource.username", "a role of PostgreSQL"),
                text("spring.datasource.password", ""));
    }

    public BadSetting wrong(String name, String expected) {
        return new BadSetting(
                "%s is '%s', expected %s%s"
                        .formatted(name, text(name, ""), expected, origin(name)));
    }

    /**
     * To be called when everything has been read: what was set and never asked for is a slip of the
     * pen, and the service would silently not do what somebody meant.
     *
     * @param ours where the names of the service's own settings begin, such as {@code
     *     gantry.scheduler}
     */
    public void refuseUnknown(String ours) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(ours);
        for (var source : ConfigurationPropertySources.get(environment)) {
            boolean isSpelledAsRead =
                    !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
            if (isSpelledAsRead && source instanceof IterableConfigurationPropertySource names) {
                names.stream().filter(prefix::isAncestorOf).forEach(this::requireKnown);
            }
        }
    }

    private void requireKnown(ConfigurationPropertyName name) {
        boolean isKnown =
                known.stream()
                        .map(ConfigurationPropertyName::of)
                        .anyMatch(each -> each.equals(name) || each.isAncestorOf(name));
        if (!isKnown) {
            throw new BadSetting(
                    "there is no setting %s%s, expected one of %s"
                            .formatted(name, origin(name.toString()), String.join(", ", known)));
        }
    }

    private <T> Optional<T> bound(String name, Bindable<T> shape) {
        known.add(name);
        try {
            return Optional.ofNullable(binder.bind(name, shape).orElse(null));
        } catch (BindException malformed) {
            throw new BadSetting(
                    "%s cannot be read%s: %s".formatted(name, origin(name), root(malformed)));
        }
    }

    private void note(String name, String value) {
        boolean isOpen = value.isEmpty() || !SecretSettings.holds(name, value);
        inForce.put(name, isOpen ? value : SecretSettings.CLASSIFIED);
    }

    private static String root(Throwable failed) {
        return failed.getCause() == null
                ? String.valueOf(failed.getMessage())
                : root(failed.getCause());
    }

    /** Such as {@code " (scheduler.properties, line 3)"}; empty where nobody knows. */
    private String origin(String name) {
        ConfigurationPropertyName wanted = ConfigurationPropertyName.of(name);
        for (var source : ConfigurationPropertySources.get(environment)) {
            var property = source.getConfigurationProperty(wanted);
            if (property != null && property.getOrigin() != null) {
                return " (" + property.getOrigin() + ")";
            }
        }
        return "";
    }
}
