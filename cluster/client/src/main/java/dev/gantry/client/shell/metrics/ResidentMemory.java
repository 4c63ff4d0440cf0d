package dev.gantry.client.shell.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much of the machine's memory this process has, as Linux counts it. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    /** Empty where there is no such file. */
    static OptionalLong bytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(each -> each.startsWith(LINE))
                    .mapToLong(ResidentMemory::bytes)
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }

    /** Of a line such as {@code VmRSS: 512 kB}; the kernel knows no other unit. */
    static long bytes(String line) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }
}
