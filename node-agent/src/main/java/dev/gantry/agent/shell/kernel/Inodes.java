package dev.gantry.agent.shell.kernel;

import java.nio.file.Path;

/**
 * How many files a file system may have, and how many more it can take.
 *
 * @param total zero where there is no fixed number
 */
public record Inodes(long total, long available) {
    public static Inodes of(Path path) throws KernelFault {
        return SystemCalls.inodes(path.toString());
    }
}
