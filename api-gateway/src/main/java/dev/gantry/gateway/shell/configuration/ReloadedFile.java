package dev.gantry.gateway.shell.configuration;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.client.shell.start.BadSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What a configuration file says, read again when its text changes. A text that is wrong changes
 * nothing and is told to the operator.
 *
 * <p>Cost: the file is read every second; it has a few kilobytes. Other ways of hearing of changes
 * miss those of a mounted ConfigMap, which are changes of a link.
 */
public final class ReloadedFile<T> implements Supplier<T>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadedFile.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final YamlFile file;
    private final Function<JsonNode, T> reading;
    private final Loop loop;
    private String text;
    private volatile T current;

    /**
     * Throws {@link BadSetting} where the file is wrong from the start.
     *
     * @param setting that names the file
     * @param reading throws IllegalArgumentException, which says what is wrong
     */
    public ReloadedFile(String setting, Path path, Function<JsonNode, T> reading) {
        this.file = new YamlFile(path);
        this.reading = reading;
        this.loop = new Loop("gateway-" + path.getFileName(), this::follow);
        try {
            this.text = file.text();
            this.current = reading.apply(file.tree(text));
        } catch (IllegalArgumentException wrong) {
            throw new BadSetting("%s: %s: %s".formatted(setting, path, wrong.getMessage()));
        }
    }

    public ReloadedFile<T> start() {
        loop.start();
        return this;
    }

    @Override
    public T get() {
        return current;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void follow() throws InterruptedException {
        while (loop.pause(EVERY)) {
            try {
                String now = file.text();
                if (!now.equals(text)) {
                    text = now;
                    current = reading.apply(file.tree(now));
                    LOG.info("{} was read again", file.path());
                }
            } catch (IllegalArgumentException wrong) {
                LOG.error("{} is wrong, what it said before stays in force", file.path(), wrong);
            }
        }
    }
}
