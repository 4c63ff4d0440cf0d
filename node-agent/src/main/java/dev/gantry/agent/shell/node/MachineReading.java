package dev.gantry.agent.shell.node;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.node.SubordinateIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Reads what the machine says of itself. */
public final class MachineReading {
    private static final long KIBIBYTE = 1024;

    private MachineReading() {}

    /**
     * @param storage a folder on the file system that pods use
     */
    public static Machine read(Path storage) throws IOException {
        Files.createDirectories(storage);
        String machineId = text("/etc/machine-id").replace("-", "");
        String systemUuid = text("/sys/class/dmi/id/product_uuid");
        return new Machine(
                machineId,
                systemUuid.isEmpty() ? machineId : systemUuid,
                text("/proc/sys/kernel/random/boot_id"),
                text("/proc/sys/kernel/osrelease"),
                osName(),
                System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
                Runtime.getRuntime().availableProcessors(),
                memory("MemTotal:"),
                Files.getFileStore(storage).getTotalSpace());
    }

    public static boolean hasAppArmor() throws IOException {
        return text("/sys/module/apparmor/parameters/enabled").equals("Y");
    }

    /** Ids for pods with users of their own: as this machine's files have it, or the usual ones. */
    public static SubordinateIds subordinateIds() throws IOException {
        return SubordinateIds.parse(
                        text("/etc/subuid").lines().toList(), text("/etc/subgid").lines().toList())
                .orElse(SubordinateIds.DEFAULT);
    }

    static long totalMemory() throws IOException {
        return memory("MemTotal:");
    }

    static long availableMemory() throws IOException {
        return memory("MemAvailable:");
    }

    private static long memory(String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(number -> Long.parseLong(number) * KIBIBYTE)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static String osName() throws IOException {
        return text("/etc/os-release")
                .lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    private static String text(String file) throws IOException {
        Path path = Path.of(file);
        return Files.isReadable(path) ? Files.readString(path).strip() : "";
    }
}
