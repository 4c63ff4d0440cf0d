package dev.gantry.agent.shell.volume;

import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Compat: the types of {@code hostPath}, made or required before a container sees them. */
final class HostPathCheck {
    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET = 0140000;
    private static final int BLOCK_DEVICE = 0060000;
    private static final int CHARACTER_DEVICE = 0020000;

    private HostPathCheck() {}

    static void check(JsonNode source) throws IOException {
        Path path = Path.of(Resource.text(source, "path"));
        String type = Resource.text(source, "type");
        switch (type) {
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
                require(Files.isDirectory(path), path, "directory");
            }
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                }
                require(Files.isRegularFile(path), path, "file");
            }
            case "Directory" -> require(Files.isDirectory(path), path, "directory");
            case "File" -> require(Files.isRegularFile(path), path, "file");
            case "Socket" -> require(isOfType(path, SOCKET), path, "socket file");
            case "CharDevice" ->
                    require(isOfType(path, CHARACTER_DEVICE), path, "character device");
            case "BlockDevice" -> require(isOfType(path, BLOCK_DEVICE), path, "block device");
            default -> {}
        }
    }

    private static void require(boolean holds, Path path, String what) throws IOException {
        if (!holds) {
            throw new IOException(
                    "hostPath type check failed: %s is not a %s".formatted(path, what));
        }
    }

    private static boolean isOfType(Path path, int type) throws IOException {
        return Files.exists(path)
                && ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == type;
    }
}
