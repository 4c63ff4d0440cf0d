package dev.gantry.agent.testing;

import dev.gantry.agent.runtime.Image;
import dev.gantry.client.shell.image.DebianImages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The images that a runtime has from the start, and those that a registry has for some users. */
final class FakeImages {
    private final Map<String, String> offered = new LinkedHashMap<>();
    private final Set<String> pulled = new TreeSet<>();
    private int pulls;

    void offer(String name, String user) {
        offered.put(name, user);
    }

    int pulls() {
        return pulls;
    }

    List<Image> all() {
        List<Image> all = new ArrayList<>();
        all.add(image("sha256:1", DebianImages.BUSYBOX));
        all.add(image("sha256:2", DebianImages.PAUSE));
        pulled.forEach(each -> all.add(image("id-of-" + each, each)));
        return all;
    }

    /** Its id; empty where the registry has none for that user. */
    Optional<String> pull(String name, String user) {
        if (!user.equals(offered.get(name))) {
            return Optional.empty();
        }
        pulled.add(name);
        pulls++;
        return Optional.of("id-of-" + name);
    }

    private static Image image(String id, String name) {
        return new Image(id, List.of(name), List.of(), 1000, null, "", false);
    }
}
