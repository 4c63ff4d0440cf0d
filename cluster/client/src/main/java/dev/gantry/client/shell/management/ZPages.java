package dev.gantry.client.shell.management;

import dev.gantry.client.zpage.FlagPage;
import dev.gantry.client.zpage.StatusPage;
import dev.gantry.client.zpage.ZPage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** What a component of this process says of itself, by path. */
public final class ZPages {
    public static final String STATUS = "/statusz";
    public static final String FLAGS = "/flagz";
    public static final List<String> PATHS = List.of(FLAGS, STATUS);

    private final String component;
    private final Supplier<? extends Collection<String>> paths;
    private final Supplier<SortedMap<String, String>> settings;
    private final Instant started =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    /**
     * @param paths what the component answers
     * @param settings those in force, without secrets
     */
    public ZPages(
            String component,
            Supplier<? extends Collection<String>> paths,
            Supplier<SortedMap<String, String>> settings) {
        this.component = component;
        this.paths = paths;
        this.settings = settings;
    }

    /** Empty where the path is none of the two. */
    public Optional<ZPage> at(String path) {
        return switch (path) {
            case STATUS ->
                    Optional.of(StatusPage.of(component, started, Instant.now(), paths.get()));
            case FLAGS -> Optional.of(FlagPage.of(component, settings.get()));
            default -> Optional.empty();
        };
    }
}
