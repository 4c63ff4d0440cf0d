package dev.gantry.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room is left on the disk that a cluster's folder is on. Where there is none, each
 * process fails in its own way, and few say why.
 *
 * @param freeBytes for this user
 */
record DiskSpace(Path folder, long freeBytes) {
    /** A new cluster takes 60 MB before anybody has used it. */
    private static final long NEEDED_BYTES = 200L << 20;

    private static final long FULL_BYTES = 16L << 20;

    /**
     * @param folder also one that is only to be made
     */
    static DiskSpace of(Path folder) throws IOException {
        Path whole = folder.toAbsolutePath();
        Path parent = whole.getParent();
        return Files.exists(whole) || parent == null
                ? new DiskSpace(folder, Files.getFileStore(whole).getUsableSpace())
                : new DiskSpace(folder, of(parent).freeBytes());
    }

    /** Throws where a start would end in the middle. */
    void requireRoom() throws IOException {
        if (freeBytes < NEEDED_BYTES) {
            throw new IOException(
                    "%s has %d MB left on its disk; a cluster needs at least %d to start. Make room there, or set GANTRY_HOME to a folder elsewhere."
                            .formatted(folder, freeBytes >> 20, NEEDED_BYTES >> 20));
        }
    }

    /** What to say before all else of a cluster that does not work; empty where there is room. */
    String trouble() {
        return freeBytes > FULL_BYTES
                ? ""
                : "the disk that %s is on is full: make room there, then ./gantry up again.%n"
                        .formatted(folder);
    }
}
