package dev.gantry.agent.shell.volume;

import dev.gantry.agent.container.PullRecords;
import dev.gantry.client.shell.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The {@link PullRecords} of a node, on its disk, and whose turn it is to pull an image. */
public final class PulledImages {
    private static final Logger LOG = LoggerFactory.getLogger(PulledImages.class);

    private final Path file;
    private final KeyedLocks<String> turns = new KeyedLocks<>();
    private PullRecords records;

    private PulledImages(Path file) {
        this.file = file;
        this.records = read(file);
    }

    /**
     * @param root the agent's own folder
     */
    static PulledImages below(Path root) {
        return new PulledImages(root.resolve("pulled-images.json"));
    }

    /** Who has it pulls the image; others wait, since then it may be there. */
    public KeyedLocks.Held awaitTurn(String image) throws InterruptedException {
        return turns.lock(image);
    }

    /** How many pull the image or wait for their turn. */
    public int pullers(String image) {
        return turns.users(image);
    }

    public synchronized PullRecords records() {
        return records;
    }

    public synchronized void note(UnaryOperator<PullRecords> change) throws IOException {
        PullRecords changed = change.apply(records);
        if (!changed.equals(records)) {
            PrivateFile.write(file, changed.tree().toString());
            records = changed;
        }
    }

    private static PullRecords read(Path file) {
        try {
            return PullRecords.of(JsonMapper.shared().readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            return PullRecords.NONE;
        } catch (IOException | JacksonException unreadable) {
            LOG.warn("records of pulled images are unreadable: {}", unreadable.getMessage());
            return PullRecords.NONE;
        }
    }
}
