package dev.gantry.state.kind.core.pod.volume;

import dev.gantry.state.kind.core.pod.container.PathRules;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A volume put together from several sources. Compat: {@code validateProjectionSources}. */
final class ProjectedRules {
    private static final long LEAST_SECONDS = 600;
    private static final long MOST_SECONDS = 1L << 32;
    private static final List<String> SOURCES =
            List.of("secret", "configMap", "downwardAPI", "serviceAccountToken");

    private final Field volume;
    private final Set<String> paths = new TreeSet<>();

    private ProjectedRules(Field volume) {
        this.volume = volume;
    }

    static void check(Field volume) {
        PathRules.fileMode(volume.child("defaultMode"));
        var rules = new ProjectedRules(volume);
        volume.child("sources").items().forEach(rules::source);
    }

    private void source(Field source) {
        int count = 0;
        for (String name : SOURCES) {
            if (source.has(name)) {
                count++;
                sourceOf(name, source.child(name));
            }
        }
        if (count > 1) {
            source.forbidden("may not specify more than 1 volume type per source");
        }
    }

    private void sourceOf(String name, Field source) {
        switch (name) {
            case "secret", "configMap" -> keys(source);
            case "downwardAPI" -> {
                for (Field file : source.child("items").items()) {
                    VolumeSourceRules.downwardFile(file.at(source.path()));
                    unique(file.text("path"), file.text("path"));
                }
            }
            default -> token(source);
        }
    }

    private void keys(Field source) {
        VolumeSourceRules.required(source, "name");
        for (Field item : source.child("items").items()) {
            VolumeSourceRules.keyToPath(item);
            unique(item.text("path"), source.text("name"));
        }
    }

    /** Compat: what is shown is the name of the source, or the path where it has none. */
    private void unique(String path, String shown) {
        if (!path.isEmpty() && !paths.add(path)) {
            volume.invalidText(shown, "conflicting duplicate paths");
        }
    }

    /** Compat: the path of a token is reported at the volume. */
    private void token(Field token) {
        Field seconds = token.child("expirationSeconds");
        if (seconds.number() < LEAST_SECONDS) {
            seconds.invalid("may not specify a duration less than 10 minutes");
        }
        if (seconds.number() > MOST_SECONDS) {
            seconds.invalid("may not specify a duration larger than 2^32 seconds");
        }
        Field path = token.child("path").at(volume.path() + ".path");
        if (path.isEmpty()) {
            path.required("");
        } else {
            PathRules.localNotReserved(path);
        }
    }
}
