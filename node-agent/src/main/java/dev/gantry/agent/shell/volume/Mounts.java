package dev.gantry.agent.shell.volume;

import dev.gantry.agent.shell.command.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Mounts of the node. */
final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mounts");

    private final Commands commands;

    Mounts(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param sizeBytes zero for the kernel's own limit, half of the memory
     */
    void mountMemory(Path folder, long sizeBytes) throws IOException {
        if (below(folder).contains(folder)) {
            return;
        }
        String options = sizeBytes > 0 ? "mode=0777,size=" + sizeBytes : "mode=0777";
        commands.run("", "mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
    }

    void unmountAllBelow(Path folder) throws IOException {
        for (Path each : below(folder)) {
            commands.run("", "umount", each.toString());
        }
    }

    /** The deepest first. */
    private static List<Path> below(Path folder) throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(line -> Path.of(line.split(" ")[1].replace("\\040", " ")))
                .filter(path -> path.startsWith(folder))
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
