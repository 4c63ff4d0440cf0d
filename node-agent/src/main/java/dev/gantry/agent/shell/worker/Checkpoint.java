package dev.gantry.agent.shell.worker;

import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last spec of each pod on disk, so that an agent that starts while the API is away knows what
 * it runs. Holds no secrets: a pod only names them.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

    private Checkpoint() {}

    static void write(PodFolders folders, PodSpec pod) {
        try {
            PrivateFile.write(folders.checkpoint(pod), pod.pod().tree().toString());
        } catch (IOException fault) {
            LOG.warn("no checkpoint of pod {}: {}", pod.name(), fault.getMessage());
        }
    }

    /** What cannot be read is left out: the API, or the runtime's labels, will tell. */
    static List<PodSpec> readAll(PodFolders folders) {
        List<PodSpec> found = new ArrayList<>();
        if (!Files.isDirectory(folders.pods())) {
            return found;
        }
        try (Stream<Path> pods = Files.list(folders.pods())) {
            for (Path each :
                    pods.map(pod -> pod.resolve("pod.json")).filter(Files::exists).toList()) {
                read(each).ifPresent(found::add);
            }
        } catch (IOException fault) {
            LOG.warn("no checkpoints: {}", fault.getMessage());
        }
        return found;
    }

    private static Optional<PodSpec> read(Path file) {
        try {
            var tree = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(file));
            return Optional.of(new PodSpec(new Resource(tree)));
        } catch (IOException | JacksonException | ClassCastException unreadable) {
            LOG.warn("checkpoint {} is unreadable: {}", file, unreadable.toString());
            return Optional.empty();
        }
    }
}
